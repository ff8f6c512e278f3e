import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type ClientUnaryCall, credentials, type ServiceError } from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import { ProgramInfo, RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

const executable = join(__dirname, "../../engine/language-host/pulumi-language-nodejs");

type Options = Record<string, string | boolean | number>;

/** Our language host as the engine runs it: by a link, with its standard input held open. */
export class LanguageHost {
  /** What the host and its programs printed, without the port. */
  printed = "";

  /** The last run that was asked for. */
  running?: ClientUnaryCall;

  private constructor(
    readonly process: ChildProcess,
    readonly client: LanguageRuntimeClient,
    private readonly folder: string,
  ) {}

  static async start(...flags: string[]): Promise<LanguageHost> {
    const folder = mkdtempSync(join(tmpdir(), "host-"));
    const link = join(folder, "pulumi-language-nodejs");
    symlinkSync(executable, link);
    const child = spawn(link, [...flags, "127.0.0.1:1"], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
    const lines = createInterface(child.stdout);
    const [port] = await once(lines, "line");
    const client = new LanguageRuntimeClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const host = new LanguageHost(child, client, folder);
    lines.on("line", (line) => {
      host.printed += `${line}\n`;
    });
    child.stderr.on("data", (chunk) => {
      host.printed += chunk;
    });
    return host;
  }

  /** Makes a program's folder in which this code is what `@pulumi/pulumi/cmd/run` does. */
  program(name: string, code: string): string {
    const folder = join(this.folder, name);
    const run = join(folder, "node_modules/@pulumi/pulumi/cmd/run");
    mkdirSync(run, { recursive: true });
    writeFileSync(join(run, "index.js"), code);
    return folder;
  }

  /** Runs the program in a folder. */
  run(
    folder: string,
    options: Options = {},
    more: (request: RunRequest) => void = () => undefined,
  ): Promise<RunResponse> {
    const info = new ProgramInfo();
    info.setRootDirectory(folder);
    info.setProgramDirectory(folder);
    info.setEntryPoint("index.ts");
    info.setOptions(Struct.fromJavaScript(options));
    const request = new RunRequest();
    request.setInfo(info);
    request.setMonitorAddress("127.0.0.1:2");
    more(request);
    return this.call((done) => {
      this.running = this.client.run(request, done);
    });
  }

  /** Makes a call. */
  call<Response>(
    start: (done: (error: ServiceError | null, response: Response) => void) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      start((error, response) => (error ? reject(error) : resolve(response)));
    });
  }

  async end(): Promise<void> {
    this.client.close();
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.stdin?.end();
      await once(this.process, "exit");
    }
    rmSync(this.folder, { recursive: true });
  }
}
