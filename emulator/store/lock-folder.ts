import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../options";

/** Keeps a data folder to one process; a process that was killed holds it no longer. The answer lets go of it. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "pid");
  const holder = readHolder(file);
  if (holder !== undefined && holder !== process.pid && isRunning(holder)) {
    throw new UsageError(
      `the data folder ${folder} is in use by process ${holder}; end that Local Heroku, or choose another folder with --data`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function readHolder(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
