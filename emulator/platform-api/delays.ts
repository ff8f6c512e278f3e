/**
 * How long add-ons take to provision on top of what their containers need, in milliseconds of the clock, by service;
 * and how long `preboot` lasts.
 */
export class Delays {
  private readonly delays = new Map<string, number>();

  /** `initial` by service name; a service without an entry has no delay. */
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

  /** Back to what the instance was started with. */
  reset(): void {
    this.delays.clear();
    for (const [service, delay] of Object.entries(this.initial)) this.delays.set(service, delay);
  }
}
