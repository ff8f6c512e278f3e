import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { UsageError } from "../usage-error";

/**
 * Reserves a data folder for this process, which listens on `port`. A killed process no longer holds it, even if
 * another program has its process id by now. Returns a function that releases the folder.
 */
export async function lockFolder(folder: string, port: number): Promise<() => void> {
  const file = join(folder, "lock");
  const holder = readHolder(file);
  if (holder && holder.pid !== process.pid && isRunning(holder.pid) && (await isListening(holder.port))) {
    throw new UsageError(
      `the data folder ${folder} is in use by process ${holder.pid}; end that Local Heroku, or choose another folder with --data`,
    );
  }
  writeFileSync(file, `${process.pid} ${port}`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

function readHolder(file: string): { pid: number; port: number } | undefined {
  try {
    const [pid, port] = readFileSync(file, "utf8").split(" ").map(Number);
    return pid && port ? { pid, port } : undefined;
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

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
