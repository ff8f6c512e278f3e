import type { Engine } from "../docker/engine";
import type { Dyno } from "./dyno";
import { memoryQuota } from "./dyno-plan";

const MB = 1024 * 1024;

/**
 * Logs dynos that use more memory than their size has:
 * https://devcenter.heroku.com/articles/error-codes#r14-memory-quota-exceeded
 */
export class MemoryWatch {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly seconds: number,
    private readonly dynos: () => Iterable<Dyno>,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.checkAll(), this.seconds * 1_000);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async checkAll(): Promise<void> {
    await Promise.all([...this.dynos()].map((dyno) => this.check(dyno).catch(() => {})));
  }

  private async check(dyno: Dyno): Promise<void> {
    if (dyno.containerId === undefined) return;
    const used = await memoryInUse(this.engine, dyno.containerId);
    const quota = memoryQuota(dyno.plan.size);
    if (used <= quota) return;
    dyno.log("heroku", `Process running mem=${Math.round(used / MB)}M(${((used / quota) * 100).toFixed(1)}%)`);
    dyno.log("heroku", "Error R14 (Memory quota exceeded)");
  }
}

/** Memory of a container's processes in bytes, without the file cache that the kernel can reclaim. */
async function memoryInUse(engine: Engine, containerId: string): Promise<number> {
  const stats = await engine.docker.getContainer(containerId).stats({ stream: false, "one-shot": true });
  const { usage, stats: details } = stats.memory_stats;
  const cache = details.inactive_file ?? details.total_inactive_file ?? 0;
  return Math.max(0, usage - cache);
}
