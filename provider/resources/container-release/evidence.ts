import type { Dyno } from "../../heroku/types";
import type { RouterLog } from "./router-log";

/** Milliseconds that the router's log may lag behind a request before it counts without a dyno. */
const LOG_LAG = 10_000;

/** A healthy response, and what it says of itself. */
export interface HealthyResponse {
  /** Dyno that the body names. */
  dyno: string | undefined;
  requestId: string;
  /** When it came, in milliseconds of the runtime's clock. */
  at: number;
}

/** Healthy responses in a row, counted by the web dyno that served each. */
export class Evidence {
  private readonly counts = new Map<string, number>();
  /** Responses that name no dyno and that the router's log has not named yet. */
  private waiting: HealthyResponse[] = [];
  private unattributed = 0;

  constructor(
    private readonly web: readonly Dyno[],
    private readonly threshold: number,
    private readonly log: RouterLog,
  ) {}

  /** Forgets every response: an unhealthy one came in between. */
  clear(): void {
    this.counts.clear();
    this.waiting = [];
    this.unattributed = 0;
  }

  add(response: HealthyResponse): void {
    if (response.dyno === undefined) this.waiting.push(response);
    else this.count(response.dyno);
  }

  /** Attributes what the log has named meanwhile. */
  update(now: number): void {
    this.waiting = this.waiting.filter(({ requestId, at }) => {
      const dyno = this.log.dynoOf(requestId);
      if (dyno !== undefined) this.count(dyno);
      else if (now - at < LOG_LAG) return true;
      else this.unattributed += 1;
      return false;
    });
  }

  /** Each web dyno has responded often enough or, where nothing names dynos, the app as often as all of them together. */
  get isEnough(): boolean {
    if (this.counts.size === 0 && this.unattributed >= this.threshold * this.web.length) return true;
    return this.web.every(({ name }) => (this.counts.get(name) ?? 0) >= this.threshold);
  }

  /** As in `web.1 2 of 2 times, web.2 0 of 2 times`. */
  get progress(): string {
    const counts = this.web.map(({ name }) => `${name} ${this.counts.get(name) ?? 0} of ${this.threshold} times`);
    return counts.join(", ");
  }

  private count(dyno: string): void {
    this.counts.set(dyno, (this.counts.get(dyno) ?? 0) + 1);
  }
}
