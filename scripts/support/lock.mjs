import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isAlive, pause } from "./processes.mjs";

/**
 * Does work that only one process of this machine may do at a time. A lock left by a process that was killed is removed.
 * @template T
 * @param {string} lock path of the file that names the process at work
 * @param {(pid: number) => void} onWait is called once if another process is at work
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(lock, onWait, work) {
  // Written before it gets the lock's name, so that a lock always names its process.
  const ours = `${lock}.${process.pid}`;
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(ours, String(process.pid));
  try {
    let isWaiting = false;
    while (!isTaken(ours, lock)) {
      const owner = ownerOf(lock);
      if (owner === undefined || !isAlive(owner)) {
        rmSync(lock, { force: true });
        continue;
      }
      if (!isWaiting) onWait(owner);
      isWaiting = true;
      await pause(300);
    }
    try {
      return await work();
    } finally {
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(ours, { force: true });
  }
}

/**
 * @param {string} ours
 * @param {string} lock
 */
function isTaken(ours, lock) {
  try {
    linkSync(ours, lock);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} lock */
function ownerOf(lock) {
  try {
    return Number(readFileSync(lock, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}
