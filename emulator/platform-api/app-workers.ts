/**
 * Runs background work one piece at a time for each app. Work asked for again while it waits runs
 * once: every piece looks at the records anew.
 */
export class AppWorkers {
  private readonly waiting = new Set<string>();
  private readonly running = new Map<string, Promise<void>>();

  /** `work` does all there is to do for an app; `failed` is told of what it throws. */
  constructor(
    private readonly work: (appId: string) => Promise<void>,
    private readonly failed: (appId: string, error: unknown) => void,
  ) {}

  /** Has the app's work done soon, never within the caller's own turn. */
  wake(appId: string): void {
    this.waiting.add(appId);
    if (!this.running.has(appId)) this.running.set(appId, this.run(appId));
  }

  /** Resolves once no app has work left. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  private async run(appId: string): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.delete(appId)) {
      try {
        await this.work(appId);
      } catch (error) {
        this.failed(appId, error);
      }
    }
    this.running.delete(appId);
  }
}
