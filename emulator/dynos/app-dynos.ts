import { knowsPreboot } from "../catalog/dyno-sizes";
import type { Ids } from "../ids";
import type { DynoSelection } from "../machines";
import { SerialQueue } from "../serial-queue";
import { hasFeature } from "../store/queries";
import type { Store } from "../store/store";
import { CrashRestarts } from "./crash-restarts";
import { Dyno, type DynoTools } from "./dyno";
import { dynoEnvironment } from "./dyno-environment";
import type { DynoPlan } from "./dyno-plan";
import { isSame, planOf, type WantedDyno, wantedDynos } from "./formation-plan";
import { Preboot } from "./preboot";

/** The formation dynos of one app. Whatever starts or stops one goes through a queue. */
export class AppDynos {
  private readonly queue = new SerialQueue();
  private readonly dynos = new Map<string, Dyno>();
  private readonly preboot: Preboot;
  private readonly stopping = new Set<Promise<void>>();
  private readonly crashes: CrashRestarts;
  private readonly listeners = new Set<() => void>();
  private closed = false;

  constructor(
    private readonly appId: string,
    private readonly store: Store,
    private readonly tools: DynoTools,
    private readonly ids: Ids,
  ) {
    this.crashes = new CrashRestarts(tools.clock);
    const { clock, prebootMs, limits } = tools;
    this.preboot = new Preboot(clock, prebootMs, limits.boot, (old) => {
      for (const dyno of old) this.end(dyno);
      this.notify();
    });
  }

  /** Starts missing dynos, replaces outdated ones and stops the rest. */
  reconcile(): Promise<void> {
    return this.queue.run(async () => {
      if (this.closed) return;
      const app = this.store.collection("apps").get(this.appId);
      const wanted = app ? wantedDynos(this.store, app) : new Map<string, WantedDyno>();
      for (const [name, dyno] of this.dynos) if (!wanted.has(name)) this.retire(dyno);
      if (![...wanted.values()].some(({ type }) => type === "web")) this.preboot.end();
      const changed = [...wanted.values()].filter((plan) => {
        const dyno = this.dynos.get(plan.name);
        return !dyno || dyno.state === "down" || !isSame(dyno.plan, plan);
      });
      await this.renew(changed);
    });
  }

  restart(only: DynoSelection): Promise<void> {
    return this.queue.run(async () => {
      const chosen = this.select(only);
      for (const dyno of chosen) dyno.log("heroku", "Restarting");
      await this.renew(chosen.map(({ plan }) => plan));
    });
  }

  /** Stops the dynos until they are restarted or reconciled. */
  stop(only: DynoSelection): Promise<void> {
    return this.queue.run(async () => {
      for (const dyno of this.select(only)) {
        this.crashes.cancel(dyno.plan.name);
        this.end(dyno);
      }
    });
  }

  /** Stops everything and waits until no container is left. */
  async remove(): Promise<void> {
    void this.close();
    await this.queue.run(async () => {
      this.preboot.end();
      for (const dyno of this.dynos.values()) this.retire(dyno);
    });
    await Promise.all(this.stopping);
  }

  /** Stops managing the dynos, which keep running. Resolves once none is just being started. */
  close(): Promise<void> {
    this.closed = true;
    this.preboot.close();
    this.crashes.close();
    return this.queue.run(async () => {});
  }

  /**
   * Takes over a container of an earlier process. Two containers with one name mean a replacement was interrupted:
   * keeps the newer one; the older one keeps serving only if preboot was on.
   */
  adopt(plan: DynoPlan, containerId: string): Promise<void> {
    return this.queue.run(async () => {
      const other = this.dynos.get(plan.name);
      const dyno = this.create(plan);
      await dyno.adopt(containerId);
      if (!other) return;
      const [older, newer] = plan.createdAt > other.plan.createdAt ? [other, dyno] : [dyno, other];
      this.dynos.set(plan.name, newer);
      if (!this.prebooted(newer.plan) || !this.preboot.resume(older, newer)) this.end(older);
    });
  }

  list(): Dyno[] {
    return [...this.dynos.values()];
  }

  /** The web dynos that take requests. */
  serving(): Dyno[] {
    return this.webs().filter((dyno) => dyno.endpoint && this.preboot.routes(dyno));
  }

  /** All web dynos, including those that preboot is about to replace. */
  webs(): Dyno[] {
    return [...this.preboot.outgoing, ...this.list()].filter(({ plan }) => plan.type === "web");
  }

  /** Calls back at each change of a dyno's state until the returned function is called. */
  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private prebooted({ type, size }: WantedDyno): boolean {
    return type === "web" && knowsPreboot(size) && hasFeature(this.store, this.appId, "preboot");
  }

  private select({ type, name }: DynoSelection): Dyno[] {
    return this.list().filter(({ plan }) => (name ?? plan.name) === plan.name && (type ?? plan.type) === plan.type);
  }

  private async renew(plans: readonly WantedDyno[]): Promise<void> {
    const prebooted = plans.filter((plan) => this.prebooted(plan));
    this.preboot.open(prebooted.flatMap(({ name }) => this.dynos.get(name) ?? []));
    for (const { name } of plans) this.crashes.forget(name);
    await Promise.all(plans.map((plan) => this.replace(plan)));
  }

  private async replace(wanted: WantedDyno): Promise<void> {
    const old = this.dynos.get(wanted.name);
    if (old && !this.preboot.keeps(old)) {
      this.preboot.forget(old);
      this.end(old);
    }
    const dyno = this.create(planOf({ ...wanted, role: "dyno" }, this.ids, this.tools.clock));
    if (wanted.type === "web") this.preboot.add(dyno);
    const app = this.store.collection("apps").get(this.appId);
    await dyno.start(dynoEnvironment(app, this.store.collection("releases").get(wanted.releaseId)));
  }

  private create(plan: DynoPlan): Dyno {
    const dyno = new Dyno(plan, this.tools, (changed) => this.changed(changed));
    this.dynos.set(plan.name, dyno);
    return dyno;
  }

  private changed(dyno: Dyno): void {
    if (dyno.state === "crashed" && this.preboot.keeps(dyno)) this.preboot.forget(dyno);
    if (this.dynos.get(dyno.plan.name) === dyno && dyno.state === "crashed") this.restartLater(dyno);
    this.preboot.check();
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }

  private restartLater(dyno: Dyno): void {
    const { name } = dyno.plan;
    this.crashes.schedule(name, dyno.upSeconds, () => {
      void this.queue.run(async () => {
        if (this.closed || this.dynos.get(name) !== dyno) return;
        dyno.log("heroku", "State changed from crashed to starting");
        await this.replace(dyno.plan);
      });
    });
  }

  private retire(dyno: Dyno): void {
    const { name } = dyno.plan;
    this.preboot.forget(dyno);
    this.dynos.delete(name);
    this.crashes.forget(name);
    this.end(dyno);
  }

  private end(dyno: Dyno): void {
    const stopped = dyno.stop().catch(() => {});
    this.stopping.add(stopped);
    void stopped.then(() => this.stopping.delete(stopped));
  }
}
