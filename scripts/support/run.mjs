import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { currentStep } from "./progress.mjs";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeout] milliseconds after which the command and its children are killed
 * @property {number} [silence] milliseconds to wait for the first output before giving the command up
 * @property {string} [log] file that receives the output as well, of a command that takes its time; the step that runs shows it
 *
 * @typedef {object} RunResult
 * @property {boolean} ok whether the command ended with exit code 0
 * @property {string} stdout
 * @property {string} output standard output and error in the order they came; why the command could not be run, if so
 */

/** Process groups of the commands that `run` waits for: groups of their own, so that a timeout reaches their children. */
const groups = /** @type {Set<number>} */ (new Set());

/** The command that shares our terminal. @type {import("node:child_process").ChildProcess | undefined} */
let foreground;
let watching = false;

/**
 * Ends with the user's signals, and takes the commands along. A command that shares our terminal has received Ctrl-C itself:
 * its clean end is waited for.
 */
function watchSignals() {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const group of groups) killGroup(group);
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (foreground === undefined) process.exit(130);
      if (signal !== "SIGINT") foreground.kill(signal);
    });
  }
}

/** @param {number} group */
function killGroup(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
}

/**
 * Runs a command to its end, without standard input, and keeps what it printed. Never throws.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  watchSignals();
  const step = options.log ? currentStep() : undefined;
  return new Promise((resolve) => {
    let stdout = "";
    let output = "";
    let settled = false;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const group = child.pid;
    if (group !== undefined) groups.add(group);
    if (options.log) mkdirSync(dirname(options.log), { recursive: true });
    const log = options.log ? createWriteStream(options.log) : undefined;

    /** @param {boolean} ok @param {string} [why] */
    const settle = (ok, why) => {
      if (settled) return;
      settled = true;
      clearTimeout(limit);
      clearTimeout(silence);
      if (group !== undefined) {
        if (why) killGroup(group);
        groups.delete(group);
      }
      child.stdout.destroy();
      child.stderr.destroy();
      log?.end();
      const result = { ok, stdout: stdout.trim(), output: [output.trim(), why].filter(Boolean).join("\n") };
      step?.ended(result);
      resolve(result);
    };
    const limit = after(options.timeout, () => settle(false, `took longer than ${options.timeout} ms`));
    const silence = after(options.silence, () => settle(false, `said nothing for ${options.silence} ms`));

    /** @param {Buffer} chunk @param {boolean} isStdout */
    const take = (chunk, isStdout) => {
      clearTimeout(silence);
      const text = chunk.toString();
      if (isStdout) stdout += text;
      output += text;
      log?.write(text);
      step?.hear(text);
    };
    child.stdout.on("data", (chunk) => take(chunk, true));
    child.stderr.on("data", (chunk) => take(chunk, false));
    child.on("error", (error) => settle(false, error.message));
    child.on("close", (code) => settle(code === 0));
  });
}

/**
 * @param {number | undefined} milliseconds
 * @param {() => void} act
 */
const after = (milliseconds, act) => (milliseconds === undefined ? undefined : setTimeout(act, milliseconds));

/** Shown at the end of an error: the last lines say most. @param {string} output */
export const lastLines = (output, count = 5) => output.trim().split("\n").slice(-count).join("\n");

/**
 * Runs a command that shares our terminal and resolves with its exit code. Ctrl-C is the command's to handle: it reaches
 * both of us, and we wait for its clean end.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {"inherit" | "ignore"} [options.stdin]
 * @param {number} [options.timeout] milliseconds
 * @param {(line: string) => void} [options.onLine] takes its standard output line by line, which is then not shown
 * @returns {Promise<number>}
 */
export function stream(command, args, options = {}) {
  const { cwd, env = process.env, stdin = "inherit", timeout, onLine } = options;
  watchSignals();
  return new Promise((resolve) => {
    /** @type {import("node:child_process").StdioOptions} */
    const stdio = [stdin, onLine ? "pipe" : "inherit", "inherit"];
    const child = spawn(command, args, { cwd, env, stdio, timeout, killSignal: "SIGKILL" });
    foreground = child;
    if (onLine && child.stdout) createInterface(child.stdout).on("line", onLine);
    /** @param {number} code */
    const settle = (code) => {
      foreground = undefined;
      resolve(code);
    };
    child.on("error", (error) => {
      process.stderr.write(`${error.message}\n`);
      settle(127);
    });
    child.on("close", (code) => settle(code ?? 130));
  });
}
