import type { Ids } from "../ids";
import { hasFeature } from "../store/has-feature";
import type { Store } from "../store/store";
import { CrashBackoff } from "./crash-backoff";
import { Dyno, type DynoTools } from "./dyno";
import { dynoEnvironment } from "./dyno-environment";
import type { DynoPlan } from "./dyno-plan";
import { isSame, planOf, type WantedDyno, wantedDynos } from "./formation-plan";
import { SerialQueue } from "./serial-queue";

/** Which of an app's dynos are meant: all, those of a type, or one by name. */
export interface Selection {
  type?: string;
  name?: string;
}

/** The formation dynos of one app. Everything that starts or ends one goes through a queue. */
export class AppDynos {
  private readonly queue = new SerialQueue();
  private readonly dynos = new Map<string, Dyno>();
  /** Replaced with preboot: they serve until the new web dynos are up. */
  private readonly outgoing = new Set<Dyno>();
  private readonly stopping = new Set<Promise<void>>();
  private readonly backoffs = new Map<string, CrashBackoff>();
  private readonly restarts = new Map<string, NodeJS.Timeout>();
  private readonly listeners = new Set<() => void>();
  private closed = false;

  constructor(
    private readonly appId: string,
    private readonly store: Store,
    private readonly tools: DynoTools,
    private readonly ids: Ids,
  ) {}

  /** Starts what is missing, replaces what is outdated, stops what is too much. */
  reconcile(): Promise<void> {
    return this.queue.run(async () => {
      if (this.closed) return;
      const app = this.store.collection("apps").get(this.appId);
      const wanted = app ? wantedDynos(this.store, app) : new Map<string, WantedDyno>();
      for (const [name, dyno] of this.dynos) if (!wanted.has(name)) this.retire(dyno);
      if (wanted.size === 0) for (const dyno of this.outgoing) this.retire(dyno);
      const changed = [...wanted.values()].filter((plan) => {
        const dyno = this.dynos.get(plan.name);
        return !dyno || dyno.state === "down" || !isSame(dyno.plan, plan);
      });
      await Promise.all(changed.map((plan) => this.replace(plan, this.preboots())));
    });
  }

  restart(only: Selection): Promise<void> {
    return this.queue.run(async () => {
      const chosen = this.select(only);
      for (const dyno of chosen) {
        dyno.log("heroku", "Restarting");
        this.backoffs.delete(dyno.plan.name);
      }
      await Promise.all(chosen.map((dyno) => this.replace(dyno.plan, this.preboots())));
    });
  }

  /** Ends the dynos; they stay down until they are restarted or reconciled. */
  stop(only: Selection): Promise<void> {
    return this.queue.run(async () => {
      for (const dyno of this.select(only)) {
        this.cancelRestart(dyno.plan.name);
        this.end(dyno);
      }
    });
  }

  /** Ends everything and waits until no container is left. */
  async remove(): Promise<void> {
    this.close();
    await this.queue.run(async () => {
      for (const dyno of [...this.dynos.values(), ...this.outgoing]) this.retire(dyno);
    });
    await Promise.all(this.stopping);
  }

  /** Lets go of the dynos, which keep running. */
  close(): void {
    this.closed = true;
    for (const timer of this.restarts.values()) clearTimeout(timer);
  }

  /** Takes over a container of an earlier process; of two of a name, which a replacement was in the middle of, the newer. */
  adopt(plan: DynoPlan, containerId: string): Promise<void> {
    return this.queue.run(async () => {
      const other = this.dynos.get(plan.name);
      const dyno = this.create(plan);
      await dyno.adopt(containerId);
      if (!other) return;
      const isNewer = plan.createdAt > other.plan.createdAt;
      if (!isNewer) this.dynos.set(plan.name, other);
      this.end(isNewer ? other : dyno);
    });
  }

  list(): Dyno[] {
    return [...this.dynos.values()];
  }

  /** The web dynos that take requests. */
  serving(): Dyno[] {
    return [...this.outgoing, ...this.dynos.values()].filter(({ plan, endpoint }) => plan.type === "web" && endpoint);
  }

  /** Calls back at each change of a dyno's state until the returned function is called. */
  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private preboots(): boolean {
    return hasFeature(this.store, this.appId, "preboot");
  }

  private select({ type, name }: Selection): Dyno[] {
    return this.list().filter(({ plan }) => (name ?? plan.name) === plan.name && (type ?? plan.type) === plan.type);
  }

  private async replace(wanted: WantedDyno, preboot: boolean): Promise<void> {
    const old = this.dynos.get(wanted.name);
    if (old && preboot && old.state === "up" && wanted.type === "web") this.outgoing.add(old);
    else if (old) this.end(old);
    this.cancelRestart(wanted.name);
    const dyno = this.create(planOf({ ...wanted, role: "dyno" }, this.ids, this.tools.clock));
    const app = this.store.collection("apps").get(this.appId);
    await dyno.start(dynoEnvironment(app, this.store.collection("releases").get(wanted.releaseId)));
  }

  private create(plan: DynoPlan): Dyno {
    const dyno = new Dyno(plan, this.tools, (changed) => this.changed(changed));
    this.dynos.set(plan.name, dyno);
    return dyno;
  }

  private changed(dyno: Dyno): void {
    if (dyno.state === "crashed") this.outgoing.delete(dyno);
    if (this.dynos.get(dyno.plan.name) === dyno && dyno.state === "crashed") this.restartLater(dyno);
    const webs = this.list().filter(({ plan }) => plan.type === "web");
    if (webs.every(({ state }) => state === "up")) for (const old of this.outgoing) this.retire(old);
    for (const listener of this.listeners) listener();
  }

  private restartLater(dyno: Dyno): void {
    const { name } = dyno.plan;
    const backoff = this.backoffs.get(name) ?? new CrashBackoff();
    this.backoffs.set(name, backoff);
    if (this.closed) return;
    const again = () => {
      void this.queue.run(async () => {
        if (this.closed || this.dynos.get(name) !== dyno) return;
        dyno.log("heroku", "State changed from crashed to starting");
        await this.replace(dyno.plan, false);
      });
    };
    this.restarts.set(name, setTimeout(again, backoff.pauseAfter(dyno.upSeconds) * 1_000));
  }

  private cancelRestart(name: string): void {
    clearTimeout(this.restarts.get(name));
    this.restarts.delete(name);
  }

  private retire(dyno: Dyno): void {
    const { name } = dyno.plan;
    this.outgoing.delete(dyno);
    if (this.dynos.get(name) === dyno) {
      this.dynos.delete(name);
      this.backoffs.delete(name);
      this.cancelRestart(name);
    }
    this.end(dyno);
  }

  private end(dyno: Dyno): void {
    const stopped = dyno.stop().catch(() => {});
    this.stopping.add(stopped);
    void stopped.then(() => this.stopping.delete(stopped));
  }
}
