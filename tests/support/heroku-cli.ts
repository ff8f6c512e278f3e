import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { dockerFolder } from "./docker-client";

const folders = (process.env.PATH ?? "").split(delimiter);
const installedBySetUp = join(__dirname, "../../.local/heroku-cli/node_modules/.bin");
const preload = pathToFileURL(join(__dirname, "../../emulator/heroku-cli.mjs")).href;
/** A Markdown table of what the commands printed goes there; nowhere when it is not set. */
const table = process.env.HEROKU_CLI_TABLE;

/** The path of Heroku's own CLI, if this machine has it. */
export const herokuCliPath =
  process.env.HEROKU_CLI_PATH ||
  [...folders, installedBySetUp].map((folder) => join(folder, "heroku")).find((path) => existsSync(path));

const missing = herokuCliPath === undefined ? "the heroku CLI is not installed" : undefined;
const builderMissing = dockerFolder === undefined ? "no Docker client with buildx is installed" : undefined;

/** A group of tests that drive the CLI, skipped where there is none. */
export const describeWithCli = (title: string, tests: () => void) => describeUnless(missing, title, tests);

/** The same for tests in which the CLI builds images. */
export const describeWithCliAndBuilder = (title: string, tests: () => void) =>
  describeUnless(missing ?? builderMissing, title, tests);

function describeUnless(reason: string | undefined, title: string, tests: () => void): void {
  if (reason === undefined) describe(title, tests);
  else describe.skip(`${title} (skipped: ${reason})`, tests);
}

/** How a command ended, and what it printed, progress before result: without colours and spaces at the ends of lines. */
export interface Ended {
  readonly code: number | null;
  readonly printed: string;
}

/** Heroku's CLI as a person uses it, with a home folder of its own. */
export class HerokuCli {
  private readonly home = mkdtempSync(join(tmpdir(), "heroku-cli-"));
  /** Where commands are run. */
  folder = this.home;

  /** `url` is Local Heroku's. */
  constructor(private readonly url: string) {}

  /** Runs a command that has to succeed; answers what it printed. */
  async run(...args: string[]): Promise<string> {
    const { code, printed } = await this.end(args);
    if (code !== 0) throw new Error(`heroku ${args.join(" ")} ended with ${code}:\n${printed}`);
    return printed;
  }

  /** Runs a command that Heroku refuses; answers what it printed. */
  async fail(...args: string[]): Promise<string> {
    const { code, printed } = await this.end(args);
    if (code === 0) throw new Error(`heroku ${args.join(" ")} was expected to fail:\n${printed}`);
    return printed;
  }

  /** Runs a command that goes on by itself until it has printed this; answers all that it printed until then. */
  async runUntil(pattern: RegExp, ...args: string[]): Promise<string> {
    const child = this.start(args);
    const { printed } = await ending(child, (text) => pattern.test(text) && child.kill());
    if (!pattern.test(printed)) throw new Error(`heroku ${args.join(" ")} ended without ${pattern}:\n${printed}`);
    note(args, "ended by Ctrl-C", printed);
    return printed;
  }

  /** Forgets what it kept in its home folder. */
  destroy(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  private async end(args: string[]): Promise<Ended> {
    const ended = await ending(this.start(args));
    note(args, `${ended.code}`, ended.printed);
    return ended;
  }

  private start(args: string[]): ChildProcess {
    const path = herokuCliPath ?? "";
    return spawn(path, args, {
      cwd: this.folder,
      env: {
        HOME: this.home,
        DOCKER_HOST: process.env.DOCKER_HOST,
        HEROKU_API_KEY: "local-heroku",
        HEROKU_HOST: this.url,
        // The CLI asks the data APIs at this name and the port of HEROKU_HOST.
        HEROKU_DATA_HOST: "localhost",
        NODE_OPTIONS: `--import=${preload}`,
        // Nothing is asked of machines beyond this one.
        HEROKU_PARTICLEBOARD_URL: this.url,
        HEROKU_SKIP_NEW_VERSION_CHECK: "true",
        DISABLE_TELEMETRY: "true",
        COLUMNS: "200",
        PATH: [dirname(path), dockerFolder, ...folders].filter((folder) => folder !== undefined).join(delimiter),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }
}

function ending(child: ChildProcess, seen: (printed: string) => void = () => {}): Promise<Ended> {
  const texts = { progress: "", result: "" };
  const printed = () => stripVTControlCharacters(texts.progress + texts.result);
  const collect = (stream: Readable | null, name: keyof typeof texts) =>
    stream?.on("data", (chunk: Buffer) => {
      texts[name] += chunk.toString();
      seen(printed());
    });
  collect(child.stderr, "progress");
  collect(child.stdout, "result");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({
        code,
        printed: printed()
          .replace(/[ \t]+$/gm, "")
          .trim(),
      }),
    );
  });
}

function note(args: string[], code: string, printed: string): void {
  if (!table) return;
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("`", "'");
  const lines = printed.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  appendFileSync(table, `| \`heroku ${cell(args.join(" "))}\` | ${code} | ${cell(lines.join(" ⏎ "))} |\n`);
}
