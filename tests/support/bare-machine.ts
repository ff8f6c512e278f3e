import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "../..");

/** What a piece of set-up came to. */
export interface SetUpResult {
  /** What it returned. */
  value?: unknown;
  /** What it said is missing. */
  missing?: string;
  /** What it reported on the way. */
  notes: string[];
}

/**
 * A machine on which nothing is installed but Node.js: a home folder, a folder on PATH, and a copy of the project's set-up. No
 * address outside answers.
 */
export class BareMachine {
  readonly folder = mkdtempSync(join(tmpdir(), "machine-"));
  readonly project = this.at("project");
  private readonly processes = new Set<ChildProcess>();

  constructor() {
    for (const name of ["scripts", "engine", "sdks"])
      cpSync(join(root, name), join(this.project, name), { recursive: true });
    for (const name of ["home", "path", "project/node_modules/pulumi"]) mkdirSync(this.at(name), { recursive: true });
    symlinkSync(join(root, "node_modules/@pulumi"), join(this.project, "node_modules/@pulumi"));
    this.write("project/package.json", JSON.stringify({ dependencies: { "@pulumi/random": "4.21.1" } }));
    this.write("project/node_modules/pulumi/package.json", JSON.stringify({ version: "3.265.0" }));
    this.write("offline.js", 'global.fetch = () => Promise.reject(new Error("no network"));');
  }

  at(...names: string[]): string {
    return join(this.folder, ...names);
  }

  write(path: string, text: string, mode?: number): string {
    const file = this.at(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
    return file;
  }

  /** Puts an executable at a path: lines of a shell, which has its own commands and those of /bin. */
  script(path: string, ...lines: string[]): string {
    return this.write(path, `#!/bin/sh\nPATH=/bin:/usr/bin\n${lines.join("\n")}\n`, 0o755);
  }

  /** Puts a CLI at a path that has a version and does nothing else. */
  pulumi(path: string, version: string): string {
    return this.script(path, `echo v${version}`);
  }

  has(path: string): boolean {
    return existsSync(this.at(path));
  }

  /** Calls a function of the set-up, as `npm start` does. */
  async call(module: string, name: string, args: string[] = [], more: NodeJS.ProcessEnv = {}): Promise<SetUpResult> {
    return (await this.start(module, name, args, more)).result;
  }

  /** Starts a call; the first argument of the function is followed by one that takes its reports. */
  start(module: string, name: string, args: string[] = [], more: NodeJS.ProcessEnv = {}) {
    const code = `
      import { ${name} } from "${join(this.project, "scripts/setup", module)}";
      const notes = [];
      const report = (note) => { notes.push(note); process.stderr.write(note + "\\n"); };
      try {
        console.log(JSON.stringify({ value: await ${name}(${[...args, "report"].join(", ")}, { mayDownload: true }), notes }));
      } catch (error) {
        if (error.name !== "NotReady") throw error;
        console.log(JSON.stringify({ missing: error.message, notes }));
      }`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: this.project,
      env: {
        HOME: this.at("home"),
        PATH: this.at("path"),
        GOROOT: this.at("no-go"),
        NODE_OPTIONS: `--require ${this.at("offline.js")}`,
        ...more,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.processes.add(child);
    let reported = "";
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      reported += chunk;
    });
    const result = new Promise<SetUpResult>((resolve, reject) => {
      child.on("close", () => {
        this.processes.delete(child);
        try {
          resolve(JSON.parse(output));
        } catch {
          reject(new Error(`${name} ended otherwise:\n${output}${reported}`));
        }
      });
    });
    return { child, result, reported: () => reported };
  }

  remove(): void {
    for (const child of this.processes) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
