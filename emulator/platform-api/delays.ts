/** The minimum time to provision an add-on by service, and how long `preboot` lasts, in milliseconds of the clock. */
export class Delays {
  private readonly delays = new Map<string, number>();

  /** `initial` is by service name; a service without an entry has no delay. */
  constructor(private readonly initial: Readonly<Record<string, number>> = {}) {
    this.reset();
  }

  of(serviceName: string): number {
    return this.delays.get(serviceName) ?? 0;
  }

  set(serviceName: string, milliseconds: number): void {
    this.delays.set(serviceName, milliseconds);
  }

  all(): Record<string, number> {
    return Object.fromEntries(this.delays);
  }

  /** Restores the initial delays. */
  reset(): void {
    this.delays.clear();
    for (const [service, delay] of Object.entries(this.initial)) this.delays.set(service, delay);
  }
}
