import { type Readable, Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Engine } from "./engine";

/** A command to run in a running container. */
interface ExecRequest {
  command: string[];
  user?: string;
  /** What the command reads; nothing if it is missing. */
  stdin?: string | Readable;
  /** Receives the output while it is printed; without it the output is in the result. */
  stdout?: Writable;
  stderr?: Writable;
}

/** The outcome of a command. */
export interface ExecResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a command in a container until it ends. A non-zero exit code does not reject. */
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
  // The engine closes only its half; the other half stays open if nothing was written.
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
