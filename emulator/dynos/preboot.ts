import type { Cancel, Clock } from "../clock";
import type { Dyno } from "./dyno";

/**
 * The time in which an app's old web dynos go on serving beside new ones that take no requests yet
 * (https://devcenter.heroku.com/articles/preboot). It ends all at once: the new ones take over, whatever their state,
 * and the old ones are told to end.
 */
export class Preboot {
  private readonly old = new Set<Dyno>();
  private readonly fresh = new Set<Dyno>();
  private cancel: Cancel = () => {};

  /**
   * `lasts` is its length in milliseconds; 0 is as long as the new dynos need to be up, and at most `longest` seconds.
   * `ended` gets the old dynos.
   */
  constructor(
    private readonly clock: Clock,
    private readonly lasts: () => number,
    private readonly longest: number,
    private readonly ended: (old: Dyno[]) => void,
  ) {}

  get isOpen(): boolean {
    return this.old.size > 0;
  }

  /** Old dynos, which no formation shows. */
  get outgoing(): Dyno[] {
    return [...this.old];
  }

  /** Of dynos that are about to be replaced, keeps those that serve. Opened once more, it begins anew with the same old ones. */
  open(replaced: readonly Dyno[]): void {
    for (const dyno of replaced) if (dyno.state === "up" && !this.fresh.has(dyno)) this.old.add(dyno);
    if (this.isOpen) this.begin(this.clock.now());
  }

  /** Takes up the one that an earlier process left; false when the older dyno is not one that served. */
  resume(older: Dyno, newer: Dyno): boolean {
    if (this.fresh.delete(older)) return false;
    this.old.add(older);
    this.fresh.add(newer);
    this.begin(Date.parse(newer.plan.createdAt));
    return true;
  }

  /** A dyno that was started meanwhile. */
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

  /** The dyno is gone. */
  forget(dyno: Dyno): void {
    this.fresh.delete(dyno);
    if (this.old.delete(dyno) && !this.isOpen) this.end();
  }

  /** Ends it if the new dynos are ready and nothing else is waited for. */
  look(): void {
    if (this.isOpen && this.lasts() === 0 && [...this.fresh].every(({ state }) => state === "up")) this.end();
  }

  end(): void {
    this.close();
    const old = this.outgoing;
    this.old.clear();
    this.fresh.clear();
    this.ended(old);
  }

  /** Lets go of everything. */
  close(): void {
    this.cancel();
  }

  private begin(since: number): void {
    this.cancel();
    this.cancel = this.clock.at(since + (this.lasts() || this.longest * 1_000), () => this.end());
  }
}
