import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";

const root = join(__dirname, "..", "..");

/** A request that clients have made, as the control API tells of it. */
export interface LoggedRequest {
  /** When it came, as an RFC 3339 timestamp. */
  at: string;
  method: string;
  path: string;
  status: number;
}

/** Local Heroku as a process of its own, on a free port with a data folder of its own. */
export class LocalHerokuProcess {
  private child: ChildProcess | undefined;
  private output = "";

  private constructor(
    readonly port: number,
    readonly data: string,
    private readonly args: readonly string[],
  ) {}

  static async start(...args: string[]): Promise<LocalHerokuProcess> {
    const heroku = new LocalHerokuProcess(await freePort(), mkdtempSync(join(tmpdir(), "local-heroku-")), args);
    await heroku.resume();
    return heroku;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** What the process has printed. */
  get log(): string {
    return this.output;
  }

  /** Id of the running process. */
  get pid(): number {
    const { pid } = this.child ?? {};
    if (pid === undefined) throw new Error("Local Heroku is not running");
    return pid;
  }

  /** Starts the process again on the same data. */
  async resume(): Promise<void> {
    const child = this.spawn(this.args);
    this.child = child;
    for (;;) {
      const healthy = await fetch(`${this.url}/_local/health`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (healthy) return this.setDelays();
      if (child.exitCode !== null) throw new Error(`Local Heroku ended with ${child.exitCode}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** `LOCAL_HEROKU_PROFILE=realistic` lets add-ons and preboot take as long as on Heroku. */
  private async setDelays(): Promise<void> {
    const profile = process.env.LOCAL_HEROKU_PROFILE;
    if (profile !== undefined) await this.control("PUT", "/delays", { profile });
  }

  private spawn(args: readonly string[]): ChildProcess {
    const command = [
      "--require",
      "sucrase/register/ts",
      "emulator/main.ts",
      "--port",
      `${this.port}`,
      "--data",
      this.data,
      ...args,
    ];
    const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
    return child;
  }

  /** Ends the process; what it runs in containers goes on. */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }

  /** Ends it and removes everything that it made. */
  async destroy(): Promise<void> {
    await this.end();
    const child = this.spawn(["--destroy"]);
    const code = await new Promise((resolve) => child.once("exit", resolve));
    if (code !== 0) throw new Error(`Local Heroku could not remove what it made:\n${this.output}`);
    rmSync(this.data, { recursive: true, force: true });
  }

  /** What a person would do by hand through Heroku's APIs. */
  async api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        accept: "application/vnd.heroku+json; version=3",
        authorization: "Bearer local-heroku",
        "content-type": "application/json",
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return JSON.parse(answer);
  }

  /** The newest log lines of an app, as `heroku logs` shows them. */
  async appLog(app: string): Promise<string> {
    const session = await this.api<{ logplex_url: string }>("POST", `/apps/${app}/log-sessions`, { lines: 1_500 });
    return (await fetch(session.logplex_url)).text();
  }

  /** The control API. */
  control<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.api<T>(method, `/_local${path}`, body);
  }

  /** Requests since they were last cleared, without those that ask for this. */
  requests = (): Promise<LoggedRequest[]> => this.control("GET", "/requests");
  clearRequests = (): Promise<unknown> => this.control("DELETE", "/requests");

  /** Names of the containers of apps and add-ons. */
  async containers(): Promise<string[]> {
    const { instance } = await this.control<{ instance: string }>("GET", "/health");
    const filters = { label: [`local-heroku.instance=${instance}`] };
    const all = await new Docker().listContainers({ all: true, filters });
    return all.flatMap(({ Names }) => Names).filter((name) => !name.endsWith("-registry"));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(address)));
    });
  });
}
