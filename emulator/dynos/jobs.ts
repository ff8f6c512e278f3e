import { DEFAULT_DYNO_SIZE } from "../catalog/dyno-sizes";
import type { Listed } from "../docker/engine";
import type { Ids } from "../ids";
import type { DynoRecord, Dynos, RunResult } from "../machines";
import type { ReleaseRecord } from "../store/entities";
import { currentRelease } from "../store/queries";
import type { Store } from "../store/store";
import type { DynoTools } from "./dyno";
import { dynoEnvironment } from "./dyno-environment";
import { type DynoPlan, type DynoRole, PLAN_LABEL } from "./dyno-plan";
import { planOf } from "./formation-plan";
import { Job } from "./job";

type OneOff = Parameters<Dynos["runOneOff"]>[1];

/** One-off dynos and release phases. */
export class Jobs {
  /** Each with a promise that settles when its container is removed. */
  private readonly jobs = new Map<Job, Promise<unknown>>();

  constructor(
    private readonly store: Store,
    private readonly tools: DynoTools,
    private readonly ids: Ids,
  ) {}

  /** Starts a one-off dyno of the app's current release. */
  runOneOff(appId: string, request: OneOff): DynoRecord {
    const app = this.store.collection("apps").get(appId);
    const release = app && currentRelease(this.store, app);
    if (!release || Object.keys(release.images).length === 0)
      throw new Error("the app has no image to run; release one");
    const type = [request.type, "web", ...Object.keys(release.images)].find((each) => each && release.images[each]);
    const plan = this.plan(release, "one-off", type ?? "web", request);
    const job = new Job(plan, this.tools);
    this.track(job, job.execute({ ...dynoEnvironment(app, release), ...request.env }), request.timeToLive);
    return job.record;
  }

  /** Runs a release phase, or continues the one that an earlier process started. Aborting `signal` stops it. */
  async runReleasePhase(
    release: ReleaseRecord,
    write: (chunk: string) => void,
    signal?: AbortSignal,
  ): Promise<RunResult> {
    const begun = (await this.tools.engine.list("local-heroku.role=release")).find(
      (container) => planIn(container)?.releaseId === release.id,
    );
    const plan = (begun && planIn(begun)) ?? this.plan(release, "release", "release", {});
    const job = new Job(plan, this.tools, write);
    const app = this.store.collection("apps").get(release.appId);
    const end = begun ? job.resume(begun.Id) : job.execute(dynoEnvironment(app, release));
    this.track(job, end);
    signal?.addEventListener("abort", () => void job.stop().catch(() => {}), { once: true });
    return { exitCode: await end, wasStopped: job.wasStopped };
  }

  /** Takes over a one-off dyno of an earlier process. */
  adopt(plan: DynoPlan, containerId: string): void {
    const job = new Job(plan, this.tools);
    this.track(job, job.resume(containerId));
  }

  list(appId: string): Job[] {
    return [...this.jobs.keys()].filter(({ plan }) => plan.appId === appId);
  }

  /** Stops jobs, including those that are starting, and waits until their containers are removed. */
  async stop(appId: string, chosen: (job: Job) => boolean): Promise<void> {
    const stopping = this.list(appId).filter(chosen);
    await Promise.all(stopping.map((job) => Promise.all([job.stop(), this.jobs.get(job)])));
  }

  private track(job: Job, end: Promise<number>, seconds?: number): void {
    const { clock } = this.tools;
    const cancel =
      seconds === undefined ? () => {} : clock.after(seconds * 1_000, () => void job.stop().catch(() => {}));
    const ended = () => {
      cancel();
      this.jobs.delete(job);
    };
    this.jobs.set(job, end.then(ended, ended));
  }

  private plan(release: ReleaseRecord, role: DynoRole, type: string, request: Partial<OneOff>): DynoPlan {
    const image = release.images[type];
    if (!image) throw new Error(`release v${release.version} has no image for the process type ${type}`);
    const name = `${role === "release" ? "release" : "run"}.${1_000 + this.ids.below(9_000)}`;
    const { appId, id: releaseId, version: releaseVersion } = release;
    const size = request.size ?? DEFAULT_DYNO_SIZE;
    const { imageId } = image;
    const what = { role, appId, name, type, size, imageId, releaseId, releaseVersion };
    return planOf({ ...what, command: request.command ?? image.command }, this.ids, this.tools.clock);
  }
}

/** The plan in a container's labels; undefined if it is not a dyno. */
export function planIn({ Labels }: Pick<Listed, "Labels">): DynoPlan | undefined {
  const label = Labels[PLAN_LABEL];
  // Only this program writes the label.
  return label === undefined ? undefined : (JSON.parse(label) as DynoPlan);
}
