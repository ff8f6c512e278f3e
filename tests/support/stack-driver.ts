import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import yaml from "js-yaml";
import { readyPulumi } from "../../scripts/setup/pulumi.mjs";
import { engineEnvironment } from "../../scripts/support/pulumi-home.mjs";

const root = join(__dirname, "..", "..");

/** The providers, and the language host that goes with them. */
export type ProviderSet = "official" | "stand-ins";

/** The CLI, with a language host and providers linked for it: the ones that SKECHWIME_PROVIDERS names unless a set is given. */
const readyCli = (set?: ProviderSet): Promise<string> => readyPulumi((note) => process.stderr.write(`${note}\n`), set);

let ready: Promise<string> | undefined;

/** A step of a preview as the CLI prints it in JSON. */
export interface EngineStep {
  op: string;
  urn: string;
  oldState?: Record<string, unknown>;
  newState?: Record<string, unknown>;
  /** What changes, by property path. */
  detailedDiff?: Record<string, { kind: string }> | null;
}

/** One step of a preview: what the engine would do to which resource. */
export interface Step {
  /** `create`, `update`, `replace`, `delete`, … */
  op: string;
  /** Last part of the type token and the logical name: `Addon database`. */
  resource: string;
}

/** What a command came to. */
export interface CommandResult {
  code: number;
  /** Both streams, as they came. */
  output: string;
}

/** A command that is running. */
export interface RunningCommand {
  /** Id of the CLI's process. */
  pid: number;
  result: Promise<CommandResult>;
}

/**
 * Drives the real Pulumi CLI on one stack of the program, as its user would: a project folder of its own, whose code is the
 * repository's and whose stack file and app folder may be edited, and a state of its own.
 */
export class StackDriver {
  /** Everything that the commands printed so far. */
  printed = "";

  private constructor(
    /** Path of the CLI. */
    private pulumi: string,
    readonly folder: string,
    readonly stack: string,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /**
   * Takes `Pulumi.<stack>.yaml` as it is committed, pointed at the Local Heroku of this address. A stack `beside` another
   * shares its state, and has no app folder.
   */
  static async create(
    stack: string,
    herokuUrl: string,
    config: Record<string, unknown> = {},
    beside?: StackDriver,
  ): Promise<StackDriver> {
    const folder = mkdtempSync(join(tmpdir(), "stack-"));
    for (const name of ["index.ts", "package.json", "node_modules", "provider", "loader", "tsconfig.json"]) {
      symlinkSync(join(root, name), join(folder, name));
    }
    if (!beside) cpSync(join(root, "app"), join(folder, "app"), { recursive: true });
    cpSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    mkdirSync(join(folder, "state"));
    const inherited = Object.entries(process.env).filter(([name]) => !/^(HEROKU|PULUMI)_/.test(name));
    ready ??= readyCli();
    const driver = new StackDriver(await ready, folder, stack, {
      ...Object.fromEntries(inherited),
      ...engineEnvironment(),
      PULUMI_BACKEND_URL: beside?.environment.PULUMI_BACKEND_URL ?? `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "end to end",
    });
    const { config: committed } = Object(yaml.load(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")));
    const local = {
      "heroku:url": herokuUrl,
      "heroku:apiKey": "local-heroku",
      "heroku:delays": { postAppCreateDelay: 0 },
      "heroku-native:apiUrl": herokuUrl,
      "heroku-native:dataUrl": herokuUrl,
      "heroku-native:registryUrl": herokuUrl,
    };
    driver.configure({ ...committed, ...local, ...config });
    await driver.succeed("stack", "init", stack);
    return driver;
  }

  /** Path of the stack file. */
  get configFile(): string {
    return join(this.folder, `Pulumi.${this.stack}.yaml`);
  }

  /** Adds to the stack file, or takes out what is undefined. */
  configure(config: Record<string, unknown>): void {
    const before = this.readStackFile(this.configFile);
    writeFileSync(
      this.configFile,
      yaml.dump({ ...before, config: { ...Object(before.config), ...config } }, { skipInvalid: true }),
    );
  }

  private readStackFile(file: string): Record<string, unknown> {
    try {
      return Object(yaml.load(readFileSync(file, "utf8")));
    } catch {
      return {};
    }
  }

  /** Runs `pulumi <args>` on the stack and answers what became of it. */
  run(...args: string[]): Promise<CommandResult> {
    return this.runWith(() => undefined, args);
  }

  private runWith(onLine: (line: string) => void, args: string[]): Promise<CommandResult> {
    return this.start(args, onLine).result;
  }

  /** Starts `pulumi <args>` and answers its process too. */
  start(args: string[], onLine: (line: string) => void = () => undefined): RunningCommand {
    let pid = 0;
    const result = new Promise<CommandResult>((resolve, reject) => {
      const child = spawn(this.pulumi, [...args, "--non-interactive", "--color", "never"], {
        cwd: this.folder,
        env: { ...this.environment, PULUMI_STACK: args[0] === "stack" ? undefined : this.stack },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const chunks: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      createInterface({ input: child.stdout }).on("line", onLine);
      child.on("error", reject);
      child.on("close", (code) => {
        const output = Buffer.concat(chunks).toString();
        this.printed += output;
        resolve({ code: code ?? -1, output });
      });
      pid = child.pid ?? 0;
    });
    return { pid, result };
  }

  /** Runs a command that has to succeed and answers its output. */
  succeed(...args: string[]): Promise<string> {
    return this.succeedWith(() => undefined, ...args);
  }

  /** The same, telling of each line as it comes. */
  async succeedWith(onLine: (line: string) => void, ...args: string[]): Promise<string> {
    const { code, output } = await this.runWith(onLine, args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} exited with ${code}:\n${output}`);
    return output;
  }

  up = (): Promise<string> => this.succeed("up", "--yes", "--skip-preview");
  refresh = (): Promise<string> => this.succeed("refresh", "--yes", "--skip-preview");
  destroy = (): Promise<string> => this.succeed("destroy", "--yes", "--skip-preview");

  /** What the next `up` would do, less what stays as it is or is only read. */
  async preview(): Promise<Step[]> {
    return (await this.previewSteps()).map(({ op, urn }) => ({ op, resource: resourceOf(urn) }));
  }

  /** The same, with all that the engine says of each step. */
  async previewSteps(): Promise<EngineStep[]> {
    const output = await this.succeed("preview", "--json");
    const { steps }: { steps?: EngineStep[] } = JSON.parse(output.slice(output.indexOf("{\n")));
    return (steps ?? []).filter(({ op }) => !["same", "read"].includes(op));
  }

  /** From now on, every stack of this process runs with one set of providers. Fails where the machine lacks it. */
  async useProviders(set: ProviderSet): Promise<void> {
    this.pulumi = await readyCli(set);
  }

  async outputs(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.succeed("stack", "output", "--json", "--stack", this.stack));
  }

  /** The state as `pulumi stack export` gives it, secrets encrypted. */
  export = (): Promise<string> => this.succeed("stack", "export", "--stack", this.stack);

  /** The same engine and state for another project, whose folder is made. */
  otherProject(name: string, pulumiYaml: string, program: string): StackDriver {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "Pulumi.yaml"), pulumiYaml);
    writeFileSync(join(folder, "package.json"), "{}");
    writeFileSync(join(folder, "index.ts"), program);
    return new StackDriver(this.pulumi, folder, name, this.environment);
  }

  /** The same project, stack and state with other environment variables. */
  with(environment: NodeJS.ProcessEnv): StackDriver {
    return new StackDriver(this.pulumi, this.folder, this.stack, { ...this.environment, ...environment });
  }

  /** Forgets folder and state. What the stack made has to be destroyed before. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `urn:pulumi:…$heroku:addon/addon:Addon::database` -> `Addon database` */
export function resourceOf(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.split(":").at(-1)} ${name}`;
}
