import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { nodeOptions } from "./node-options.mjs";

/** The SDK's exit code for "the user has been shown what is wrong". */
const alreadyShown = 32;

/** How long a program may take to end after it was asked to, in milliseconds. */
const patience = 5_000;

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */
/** @typedef {import("@pulumi/pulumi/proto/language_pb.js").RunRequest} RunRequest */
/** @typedef {import("@pulumi/pulumi/proto/language_pb.js").RunResponse} RunResponse */

/** The user's program: one process for each run that the engine asks for. */
export class Program {
  #processes = /** @type {Set<ChildProcess>} */ (new Set());
  #isCancelled = false;

  /** @param {string} tracing where spans are sent; empty to send none */
  constructor(tracing) {
    this.tracing = tracing;
  }

  /**
   * Runs the program to its end. What it prints goes to the engine by the streams that it shares with us.
   * @param {RunRequest} request
   * @param {string} engineAddress
   * @returns {Promise<RunResponse>}
   */
  async run(request, engineAddress) {
    try {
      const { nodeArguments, environment } = nodeOptions(request.getInfo()?.getOptions()?.toJavaScript() ?? {});
      const end = await this.#spawn(
        [...nodeArguments, runModule(directoryOf(request)), ...programArguments(request, engineAddress, this.tracing)],
        { ...process.env, ...environment, ...configuration(request) },
      );
      return response(this.#isCancelled ? "" : failureOf(end), this.#isCancelled || end.code === alreadyShown);
    } catch (error) {
      return response(error instanceof Error ? error.message : String(error), false);
    }
  }

  /**
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} env
   * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} how it ended
   */
  #spawn(args, env) {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] });
      this.#processes.add(child);
      child.on("error", reject);
      child.on("close", (code, signal) => {
        this.#processes.delete(child);
        resolve({ code, signal });
      });
      if (this.#isCancelled) endSoon(child);
    });
  }

  /** Ends what runs, as Ctrl-C would, and what is started from now on. */
  cancel() {
    this.#isCancelled = true;
    for (const child of this.#processes) endSoon(child);
  }

  /** Ends what runs at once. */
  kill() {
    for (const child of this.#processes) child.kill("SIGKILL");
  }
}

/** @param {ChildProcess} child */
function endSoon(child) {
  child.kill("SIGINT");
  const limit = setTimeout(() => child.kill("SIGKILL"), patience);
  child.on("close", () => clearTimeout(limit));
}

/** @param {RunRequest} request */
const directoryOf = (request) => request.getInfo()?.getProgramDirectory() || request.getPwd();

/**
 * The SDK's own start-up code, of the SDK that the program uses.
 * @param {string} programDirectory
 */
function runModule(programDirectory) {
  try {
    return createRequire(join(programDirectory, "index.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new Error(`@pulumi/pulumi is not installed for the program in ${programDirectory}; run npm ci there`);
  }
}

/**
 * @param {RunRequest} request
 * @param {string} engineAddress
 * @param {string} tracing
 */
function programArguments(request, engineAddress, tracing) {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": request.getInfo()?.getRootDirectory(),
    stack: request.getStack(),
    pwd: directoryOf(request),
    parallel: String(request.getParallel()),
    tracing,
  };
  return [
    ...Object.entries(flags).flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    request.getInfo()?.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
}

/** @param {RunRequest} request */
const configuration = (request) => ({
  PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
  PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
});

/**
 * @param {{ code: number | null, signal: NodeJS.Signals | null }} end
 * @returns {string} empty when there is nothing to say
 */
function failureOf({ code, signal }) {
  if (code === 0 || code === alreadyShown) return "";
  if (code !== null) return `Program exited with non-zero exit code: ${code}`;
  const memory = "; if it ran out of memory, add nodeargs: --max-old-space-size=<MB> to runtime.options in Pulumi.yaml";
  return `Program was ended by the signal ${signal}${signal === "SIGABRT" ? memory : ""}`;
}

/**
 * @param {string} error
 * @param {boolean} bail whether the user knows already
 */
function response(error, bail) {
  const message = new language.RunResponse();
  message.setError(error);
  message.setBail(bail);
  return message;
}
