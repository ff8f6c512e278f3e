import type { ReleaseRecord } from "../store/entities";
import { AppWorkers } from "./app-workers";
import type { Core } from "./core";
import type { ReleaseOutputs } from "./release-outputs";
import { Releases } from "./releases";

/** Heroku's time limit of a release phase (Dev Center, "Release Phase"). */
const PHASE_LIMIT_MS = 60 * 60 * 1_000;

/** Completes pending releases, one after another for each app, and reconciles the dynos. */
export class ReleaseRunner {
  readonly releases: Releases;
  private readonly workers: AppWorkers;

  constructor(
    private readonly core: Core,
    private readonly outputs: ReleaseOutputs,
  ) {
    this.workers = new AppWorkers(
      (appId) => this.work(appId),
      (appId, error) => this.report(appId, error),
    );
    this.releases = new Releases(core, (appId) => this.workers.wake(appId));
  }

  /** Reconciles an app's dynos with its formation and current release soon. */
  converge(appId: string): void {
    this.workers.wake(appId);
  }

  /** Continues at start what an earlier process left: an interrupted release phase runs again. */
  resume(): void {
    for (const app of this.core.store.collection("apps").all()) this.workers.wake(app.id);
  }

  idle(): Promise<void> {
    return this.workers.idle();
  }

  private async work(appId: string): Promise<void> {
    for (let next = this.next(appId); next !== undefined; next = this.next(appId)) await this.complete(next);
    if (this.core.store.collection("apps").get(appId)) await this.core.machines.dynos.reconcile(appId);
  }

  private next(appId: string): ReleaseRecord | undefined {
    return this.releases.pending(appId)[0];
  }

  private async complete(pending: ReleaseRecord): Promise<void> {
    const release = this.releases.takeTurn(pending);
    const succeeded = !release.hasReleasePhase || (await this.runPhase(release));
    if (this.core.store.collection("releases").get(release.id) === undefined) return;
    this.core.store.transaction(() => {
      this.outputs.save(release.id);
      if (succeeded) this.releases.succeed(release);
      else this.releases.fail(release);
    });
    // After the status has changed, so that a client that reads the stream to its end finds the outcome.
    this.outputs.end(release.id);
  }

  private async runPhase(release: ReleaseRecord): Promise<boolean> {
    const limit = new AbortController();
    const cancel = this.core.clock.after(PHASE_LIMIT_MS, () => limit.abort());
    this.outputs.start(release.id);
    const write = (chunk: string) => this.outputs.write(release.id, chunk);
    try {
      const { exitCode, wasStopped } = await this.core.machines.dynos.runReleasePhase(release, write, limit.signal);
      if (limit.signal.aborted) write("Release phase was stopped: it took longer than an hour.\n");
      return exitCode === 0 && !wasStopped;
    } catch (error) {
      write(`Release phase could not be run: ${messageOf(error)}\n`);
      this.report(release.appId, error);
      return false;
    } finally {
      cancel();
    }
  }

  private report(appId: string, error: unknown): void {
    const message = messageOf(error);
    console.error(`app ${appId}: ${message}`);
    this.core.machines.logs.append(appId, { source: "heroku", dyno: "api", message });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
