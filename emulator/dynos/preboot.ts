import type { Cancel, Clock } from "../clock";
import type { Dyno } from "./dyno";

/**
 * The time in which an app's old web dynos keep serving while new ones start and take no requests yet
 * (https://devcenter.heroku.com/articles/preboot). It ends for all at once: the new ones take over, whatever their
 * state, and the old ones are stopped.
 */
export class Preboot {
  private readonly old = new Set<Dyno>();
  private readonly fresh = new Set<Dyno>();
  private cancel: Cancel = () => {};

  /**
   * `duration` is in milliseconds; with 0 it lasts until the new dynos are up, and at most `longest` seconds. `ended`
   * receives the old dynos.
   */
  constructor(
    private readonly clock: Clock,
    private readonly duration: () => number,
    private readonly longest: number,
    private readonly ended: (old: Dyno[]) => void,
  ) {}

  get isOpen(): boolean {
    return this.old.size > 0;
  }

  /** The old dynos, which the formation does not show. */
  get outgoing(): Dyno[] {
    return [...this.old];
  }

  /** Keeps the serving ones among the dynos about to be replaced. Calling it again restarts the time. */
  open(replaced: readonly Dyno[]): void {
    for (const dyno of replaced) if (dyno.state === "up" && !this.fresh.has(dyno)) this.old.add(dyno);
    if (this.isOpen) this.begin(this.clock.now());
  }

  /** Continues the preboot of an earlier process; false if the older dyno did not serve. */
  resume(older: Dyno, newer: Dyno): boolean {
    if (this.fresh.delete(older)) return false;
    this.old.add(older);
    this.fresh.add(newer);
    this.begin(Date.parse(newer.plan.createdAt));
    return true;
  }

  /** Adds a dyno that was started meanwhile. */
  add(dyno: Dyno): void {
    if (this.isOpen) this.fresh.add(dyno);
  }

  keeps(dyno: Dyno): boolean {
    return this.old.has(dyno);
  }

  /** Whether a dyno that is up takes requests. */
  routes(dyno: Dyno): boolean {
    return !this.fresh.has(dyno);
  }

  /** Removes a dyno that was stopped or crashed. */
  forget(dyno: Dyno): void {
    this.fresh.delete(dyno);
    if (this.old.delete(dyno) && !this.isOpen) this.end();
  }

  /** Ends it if it only waits for the new dynos and they are up. */
  check(): void {
    if (this.isOpen && this.duration() === 0 && [...this.fresh].every(({ state }) => state === "up")) this.end();
  }

  end(): void {
    this.close();
    const old = this.outgoing;
    this.old.clear();
    this.fresh.clear();
    this.ended(old);
  }

  /** Cancels the timer. */
  close(): void {
    this.cancel();
  }

  private begin(since: number): void {
    this.cancel();
    this.cancel = this.clock.at(since + (this.duration() || this.longest * 1_000), () => this.end());
  }
}
