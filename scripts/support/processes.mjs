import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { local, localFolder } from "./paths.mjs";

/** @param {number} milliseconds */
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * State and start time of a process, where the system tells them. A process number alone may have been given to another
 * since; one that has ended keeps its number until somebody asks for its exit code.
 * @param {number} pid
 */
function statusOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { hasEnded: fields[0] === "Z" || fields[0] === "X", started: fields[19] ?? "" };
  } catch {
    return { hasEnded: false, started: "" };
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !statusOf(pid).hasEnded;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Starts a program that outlives us; `.local/<name>.pid` remembers it, `.local/<name>.log` takes what it prints.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function startInBackground(name, command, args, options = {}) {
  mkdirSync(localFolder, { recursive: true });
  const log = openSync(local(`${name}.log`), "w");
  const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  child.on("error", () => {});
  if (child.pid !== undefined) writeFileSync(local(`${name}.pid`), `${child.pid} ${statusOf(child.pid).started}\n`);
}

/**
 * The process number of a program started in the background, when it still runs.
 * @param {string} name
 */
export function backgroundPid(name) {
  try {
    const [pid, started] = readFileSync(local(`${name}.pid`), "utf8")
      .trim()
      .split(" ");
    const found = Number(pid);
    return isAlive(found) && statusOf(found).started === (started ?? "") ? found : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} name */
export function backgroundLog(name) {
  try {
    return readFileSync(local(`${name}.log`), "utf8").trim();
  } catch {
    return "";
  }
}

/**
 * Ends a process: asks it to, waits, and kills it when it does not.
 * @param {number} pid
 * @param {number} patience milliseconds
 */
export async function endProcess(pid, patience) {
  process.kill(pid, "SIGTERM");
  const end = Date.now() + patience;
  while (isAlive(pid) && Date.now() < end) await pause(50);
  if (isAlive(pid)) process.kill(pid, "SIGKILL");
}

/**
 * Ends a program started in the background, if it runs.
 * @param {string} name
 * @param {number} patience milliseconds
 */
export async function stopInBackground(name, patience) {
  const pid = backgroundPid(name);
  if (pid !== undefined) await endProcess(pid, patience);
  rmSync(local(`${name}.pid`), { force: true });
}
