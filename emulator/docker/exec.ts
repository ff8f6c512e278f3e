import { type Readable, Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Engine } from "./engine";

/** A command to run in a running container. */
export interface ExecRequest {
  command: string[];
  user?: string;
  /** What the command reads; nothing when left out. */
  stdin?: string | Readable;
  /** Takes the output as it comes; without it the output is in the result. */
  stdout?: Writable;
  stderr?: Writable;
}

/** What a command left behind. */
export interface ExecResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a command in a container to its end. A non-zero exit code is a result, not a fault. */
export async function exec(engine: Engine, container: string, request: ExecRequest): Promise<ExecResult> {
  const { docker } = engine;
  const handle = await docker.getContainer(container).exec({
    Cmd: request.command,
    User: request.user,
    AttachStdin: request.stdin !== undefined,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await handle.start({ hijack: true, stdin: request.stdin !== undefined });
  const stdout = collector();
  const stderr = collector();
  docker.modem.demuxStream(stream, request.stdout ?? stdout.sink, request.stderr ?? stderr.sink);
  if (typeof request.stdin === "string") stream.end(request.stdin);
  else request.stdin?.on("error", () => stream.end()).pipe(stream);
  // The engine closes its half only; the other half stays open when nothing was written.
  await finished(stream, { writable: false });
  stream.destroy();
  const { ExitCode } = await handle.inspect();
  return { exitCode: ExitCode ?? -1, stdout: stdout.text(), stderr: stderr.text() };
}

function collector(): { sink: Writable; text: () => string } {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { sink, text: () => Buffer.concat(chunks).toString("utf8") };
}
