import { SerialQueues } from "../serial-queue";

/**
 * Runs background work one piece at a time for each app. Work that is requested several times before it starts runs
 * once, because it reads the records when it starts.
 */
export class AppWorkers {
  private readonly queues = new SerialQueues();
  private readonly waiting = new Set<string>();

  /** `work` does everything there is to do for an app; `failed` receives what it throws. */
  constructor(
    private readonly work: (appId: string) => Promise<void>,
    private readonly failed: (appId: string, error: unknown) => void,
  ) {}

  /** Runs the app's work soon, but never before the caller's own turn of the event loop ends. */
  wake(appId: string): void {
    if (this.waiting.has(appId)) return;
    this.waiting.add(appId);
    this.queues.run(appId, () => this.run(appId)).catch((error: unknown) => this.failed(appId, error));
  }

  /** Resolves once no app has work left. */
  idle(): Promise<void> {
    return this.queues.idle();
  }

  private async run(appId: string): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.waiting.delete(appId);
    await this.work(appId);
  }
}
