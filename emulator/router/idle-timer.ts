/** Fires once it was not touched for its time. */
export class IdleTimer {
  private timer: NodeJS.Timeout;

  constructor(
    seconds: number,
    private readonly fire: () => void,
  ) {
    this.timer = setTimeout(fire, seconds * 1_000);
  }

  /** Restarts the time. */
  touch(): void {
    this.timer.refresh();
  }

  /** Restarts with another time. */
  restart(seconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.fire, seconds * 1_000);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
