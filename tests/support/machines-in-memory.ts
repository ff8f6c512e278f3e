import { createHash, randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { MachineContext, MachineSide } from "../../emulator/contract";
import { type WantedDyno, wantedDynos } from "../../emulator/dynos/formation-plan";
import type { AddonService, DynoRecord, LogEntry, LogLine, PushedImage } from "../../emulator/machines";
import type { AddonRecord, ReleaseRecord } from "../../emulator/store/entities";

type Phase = (release: ReleaseRecord, write: (chunk: string) => void, signal?: AbortSignal) => Promise<number>;

type AppEntry = LogEntry & { appId: string };

/** The machine side without machines: it remembers what it was asked, and says what the test tells it to. */
export class MachinesInMemory implements MachineSide {
  readonly calls: string[] = [];
  readonly lines: AppEntry[] = [];
  readonly dynoRows: DynoRecord[] = [];
  /** State that reconciled dynos are in at once; undefined for no dynos. */
  dynoState: ((dyno: WantedDyno) => DynoRecord["state"]) | undefined;
  /** What the next release phases do. */
  phase: Phase = async (_release, write) => {
    write("migrated\n");
    return 0;
  };
  /** What the next provisionings do. */
  provision = async (addon: AddonRecord): Promise<Record<string, string>> => ({ URL: urlOf(addon) });
  readonly router = { request: () => {} };
  readonly registry = { request: () => {} };
  readonly dataRoutes = new Hono();
  readonly openRoutes = new Hono();
  readonly machines;
  private readonly pushed = new Map<string, PushedImage>();
  /** Release phases that are running, by the names of their dynos. */
  private readonly phases = new Map<string, AbortController>();
  private readonly readers = new Set<(entry: AppEntry) => void>();

  constructor(readonly context: MachineContext) {
    const service: AddonService = {
      provision: (addon) => this.called(`provision ${addon.name}`, () => this.provision(addon)),
      changePlan: (addon) => this.called(`change plan of ${addon.name} to ${addon.planName}`),
      deprovision: (addon) => this.called(`deprovision ${addon.name}`),
      figures: async () => [{ name: "Connections", value: "3/20" }],
    };
    this.machines = {
      dynos: this.createDynos(),
      images: {
        find: async (appId: string, type: string, imageId: string) => this.pushed.get(`${appId}/${type}/${imageId}`),
        copy: async (imageId: string, type: string, from: string, to: string) => {
          const image = this.pushed.get(`${from}/${type}/${imageId}`);
          if (image) this.pushed.set(`${to}/${type}/${imageId}`, image);
        },
        removeApp: (appId: string) => this.called(`remove images of ${appId}`),
      },
      logs: {
        append: (appId: string, line: LogLine) => this.append(appId, line),
        removeApp: () => {},
        newest: (appId: string) => this.lines.filter((line) => line.appId === appId),
        follow: (appId: string, reader: (entry: LogEntry) => void) => {
          const own = (entry: AppEntry) => entry.appId === appId && reader(entry);
          this.readers.add(own);
          return () => this.readers.delete(own);
        },
      },
      services: new Map([
        ["heroku-postgresql", service],
        ["heroku-redis", service],
      ]),
    };
  }

  /** Puts an image into the registry; answers its id. */
  push(appId: string, type: string, content = "one"): string {
    const imageId = `sha256:${createHash("sha256").update(`${type}/${content}`).digest("hex")}`;
    this.keep(appId, type, imageId);
    return imageId;
  }

  /** Puts the image of this id into the registry. */
  keep(appId: string, type: string, imageId: string): void {
    const image = { imageId, manifestDigest: imageId, command: `run ${type}`, size: 1 };
    this.pushed.set(`${appId}/${type}/${imageId}`, image);
  }

  async start(): Promise<void> {}
  async close(): Promise<void> {}
  async destroy(): Promise<void> {}

  private append(appId: string, line: LogLine): void {
    const entry = { appId, ...line, time: this.context.clock.now() };
    this.lines.push(entry);
    for (const reader of this.readers) reader(entry);
  }

  private createDynos() {
    return {
      reconcile: (appId: string) => this.called(`reconcile ${appId}`, async () => this.startDynos(appId)),
      restart: (appId: string, only?: { type?: string; name?: string }) =>
        this.called(`restart ${appId} ${only?.type ?? only?.name ?? "all"}`),
      stop: (appId: string, only: { type?: string; name?: string }) =>
        this.called(`stop ${appId} ${only.type ?? only.name}`, async () => this.phases.get(only.name ?? "")?.abort()),
      list: (appId: string) => this.dynoRows.filter((dyno) => dyno.appId === appId),
      runOneOff: async (appId: string, { command, size, type }: { command: string; size?: string; type?: string }) => {
        const now = this.context.clock.timestamp();
        const dyno: DynoRecord = {
          id: "0d6f1f2e-53ad-4c4b-a1c5-1c6e7cf6e9a1",
          createdAt: now,
          updatedAt: now,
          appId,
          name: "run.4821",
          type: type ?? "run",
          command,
          size: size ?? "Basic",
          state: "starting",
          releaseId: "5b6f1f2e-53ad-4c4b-a1c5-1c6e7cf6e9a1",
          releaseVersion: 3,
          attachUrl: "rendezvous://localhost:5000/secret",
        };
        this.dynoRows.push(dyno);
        return dyno;
      },
      runReleasePhase: (release: ReleaseRecord, write: (chunk: string) => void, signal?: AbortSignal) =>
        this.runPhase(release, write, signal),
      removeApp: (appId: string) => this.called(`remove dynos of ${appId}`),
    };
  }

  /** A release phase is listed as a dyno while it runs. */
  private async runPhase(release: ReleaseRecord, write: (chunk: string) => void, limit?: AbortSignal) {
    const { appId, id: releaseId, version: releaseVersion } = release;
    const now = this.context.clock.timestamp();
    const row = { id: randomUUID(), createdAt: now, updatedAt: now, appId, releaseId, releaseVersion, attachUrl: null };
    const name = `release.${releaseVersion}`;
    const dyno: DynoRecord = { ...row, name, type: "release", command: "run release", size: "Basic", state: "up" };
    const stop = new AbortController();
    const signal = limit ? AbortSignal.any([limit, stop.signal]) : stop.signal;
    this.dynoRows.push(dyno);
    this.phases.set(name, stop);
    try {
      return { exitCode: await this.phase(release, write, signal), wasStopped: signal.aborted };
    } finally {
      this.phases.delete(name);
      this.dynoRows.splice(0, Infinity, ...this.dynoRows.filter((each) => each !== dyno));
    }
  }

  private startDynos(appId: string): void {
    const { store, clock } = this.context;
    const app = store.collection("apps").get(appId);
    if (!this.dynoState || !app) return;
    const now = clock.timestamp();
    const others = this.dynoRows.filter((dyno) => dyno.appId !== appId);
    const started = [...wantedDynos(store, app).values()].map((wanted) => ({
      ...wanted,
      id: randomUUID(),
      createdAt: now,
      updatedAt: now,
      state: this.dynoState?.(wanted) ?? "up",
      attachUrl: null,
    }));
    this.dynoRows.splice(0, Infinity, ...others, ...started);
  }

  private called(call: string): Promise<void>;
  private called<T>(call: string, work: () => Promise<T>): Promise<T>;
  private async called<T>(call: string, work?: () => Promise<T>): Promise<T | undefined> {
    this.calls.push(call);
    return work?.();
  }
}

function urlOf(addon: AddonRecord): string {
  const scheme = addon.serviceName === "heroku-redis" ? "rediss" : "postgres";
  return `${scheme}://user:secret@127.0.0.1:5432/${addon.name}`;
}
