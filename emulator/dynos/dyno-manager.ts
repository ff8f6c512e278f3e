import type { Ids } from "../ids";
import type { DynoRecord, DynoSelection, Dynos, RunResult, WebDynoSource, WebDynos } from "../machines";
import type { ReleaseRecord } from "../store/entities";
import type { Store } from "../store/store";
import { AppDynos } from "./app-dynos";
import type { Dyno, DynoTools } from "./dyno";
import { APP_LABEL } from "./dyno-plan";
import { Jobs, planIn } from "./jobs";
import { MemoryWatch } from "./memory-watch";

/** All dynos of the instance. */
export class DynoManager implements Dynos, WebDynoSource {
  private readonly apps = new Map<string, AppDynos>();
  private readonly jobs: Jobs;
  private readonly memory: MemoryWatch;

  constructor(
    private readonly store: Store,
    private readonly tools: DynoTools,
    private readonly ids: Ids,
  ) {
    this.jobs = new Jobs(store, tools, ids);
    this.memory = new MemoryWatch(tools.engine, tools.limits.memoryCheck, () => this.formationDynos());
  }

  /** Adopts the dynos of an earlier process and removes containers without a record. */
  async start(): Promise<void> {
    const containers = await this.tools.engine.list(APP_LABEL);
    const apps = this.store.collection("apps");
    const releases = this.store.collection("releases");
    await Promise.all(
      containers.map(async (container) => {
        const plan = planIn(container);
        const running = container.State === "running";
        const release = plan && releases.get(plan.releaseId);
        // A container that never ran would look as if it had succeeded.
        const begun = container.State !== "created";
        if (plan?.role === "release" && release?.status === "pending" && begun) return;
        if (!plan || !running || !apps.get(plan.appId) || plan.role === "release") {
          await this.tools.engine.remove(container.Id);
        } else if (plan.role === "one-off") this.jobs.adopt(plan, container.Id);
        else await this.of(plan.appId).adopt(plan, container.Id);
      }),
    );
    this.memory.start();
  }

  /** Stops managing the dynos, which keep running. Resolves once none is just being started. */
  async close(): Promise<void> {
    this.memory.stop();
    await Promise.all([...this.apps.values()].map((app) => app.close()));
  }

  reconcile(appId: string): Promise<void> {
    return this.of(appId).reconcile();
  }

  async restart(appId: string, only: DynoSelection = {}): Promise<void> {
    await this.of(appId).restart(only);
  }

  async stop(appId: string, only: DynoSelection): Promise<void> {
    const chosen = ({ name, type }: DynoRecord) => (only.name ?? name) === name && (only.type ?? type) === type;
    await Promise.all([this.of(appId).stop(only), this.jobs.stop(appId, ({ record }) => chosen(record))]);
  }

  list(appId: string): DynoRecord[] {
    const formation = this.apps.get(appId)?.list() ?? [];
    return [...formation, ...this.jobs.list(appId)].map(({ record }) => record);
  }

  async runOneOff(appId: string, request: Parameters<Dynos["runOneOff"]>[1]): Promise<DynoRecord> {
    return this.jobs.runOneOff(appId, request);
  }

  runReleasePhase(release: ReleaseRecord, write: (chunk: string) => void, signal?: AbortSignal): Promise<RunResult> {
    return this.jobs.runReleasePhase(release, write, signal);
  }

  async removeApp(appId: string): Promise<void> {
    const app = this.apps.get(appId);
    this.apps.delete(appId);
    await Promise.all([app?.remove(), this.jobs.stop(appId, () => true)]);
  }

  /** The web dynos of an app. */
  web(appId: string): WebDynos {
    const app = this.apps.get(appId);
    const webs = app?.webs() ?? [];
    const count = (state: string) => webs.filter((dyno) => dyno.state === state).length;
    const serving = (app?.serving() ?? []).flatMap(({ plan: { name }, endpoint }) =>
      endpoint ? [{ name, endpoint }] : [],
    );
    return { serving, starting: count("starting"), crashed: count("crashed") };
  }

  watch(appId: string, listener: () => void): () => void {
    return this.of(appId).watch(listener);
  }

  private *formationDynos(): Iterable<Dyno> {
    for (const app of this.apps.values()) yield* app.list();
  }

  private of(appId: string): AppDynos {
    const app = this.apps.get(appId) ?? new AppDynos(appId, this.store, this.tools, this.ids);
    this.apps.set(appId, app);
    return app;
  }
}
