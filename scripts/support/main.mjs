import { NotReady } from "./not-ready.mjs";
import { outcome } from "./progress.mjs";

/**
 * Runs a command and ends with its exit code. What the machine lacks is one line; anything else is our fault and shows where.
 * @param {() => Promise<number | void>} command
 */
export async function main(command) {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    if (error instanceof NotReady) outcome("failed", "not ready", error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
