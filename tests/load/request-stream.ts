import { Agent, request } from "node:http";
import { lookup } from "../support/visitor";

const PATIENCE_MS = 35_000;

/** What became of the requests. */
export interface RequestFigures {
  sent: number;
  failed: number;
  /** Why the first of them failed. */
  reasons: string[];
  /** Milliseconds from sending to the reply's end. */
  p50: number;
  p99: number;
}

/** Requests at a steady pace, each sent at its time whatever became of the former ones. */
export class RequestStream {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly times: number[] = [];
  private readonly reasons: string[] = [];
  private readonly running = new Set<Promise<void>>();
  private sent = 0;
  private failed = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly origin: string,
    /** Asked for in turn, each with the status that it answers when all is well. */
    private readonly paths: readonly (readonly [path: string, status: number])[],
  ) {}

  start(perSecond: number): void {
    this.timer = setInterval(() => this.send(), 1_000 / perSecond);
  }

  async stop(): Promise<RequestFigures> {
    clearInterval(this.timer);
    await Promise.all(this.running);
    this.agent.destroy();
    const sorted = this.times.sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { sent: this.sent, failed: this.failed, reasons: this.reasons.slice(0, 10), p50: at(0.5), p99: at(0.99) };
  }

  private send(): void {
    const [path, expected] = this.paths[this.sent % this.paths.length] ?? ["/", 200];
    this.sent += 1;
    const since = performance.now();
    const done: Promise<void> = this.statusOf(path)
      .then((status) => {
        if (status !== expected) throw new Error(`status ${status}`);
        this.times.push(performance.now() - since);
      })
      .catch((error: Error) => {
        this.failed += 1;
        this.reasons.push(`${new Date().toISOString()} GET ${path}: ${error.message}`);
      })
      .finally(() => this.running.delete(done));
    this.running.add(done);
  }

  private statusOf(path: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(this.origin + path, { agent: this.agent, lookup, timeout: PATIENCE_MS }, (response) => {
        response.on("error", reject);
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      });
      sent.on("timeout", () => sent.destroy(new Error(`no reply within ${PATIENCE_MS} ms`)));
      sent.on("error", reject);
      sent.end();
    });
  }
}
