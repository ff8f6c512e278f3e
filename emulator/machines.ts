/** What `platform-api/` needs of the rooms that run containers; see contract.ts. */
import type { AddonRecord, OfApp, ReleaseRecord } from "./store/entities";

/** A log line and where it comes from, as Logplex names it: `app[web.1]`, `heroku[router]`, `app[api]`. */
export interface LogLine {
  source: "app" | "heroku";
  /** Dyno name or component: `web.1`, `router`, `api`, `release.4821`. */
  dyno: string;
  message: string;
}

/** A line in an app's log. */
export interface LogEntry extends LogLine {
  /** Milliseconds since the epoch. */
  time: number;
}

/** Keeps the newest lines of every app, serves log sessions and feeds drains. */
export interface Logs {
  append(appId: string, line: LogLine): void;
  removeApp(appId: string): void;
}

/** Reads what {@link Logs} keeps. */
export interface LogReader {
  /** The newest lines of an app that `wanted` accepts, oldest first. */
  newest(appId: string, wanted: (entry: LogEntry) => boolean, count: number): LogEntry[];
  /** Calls back with each new line until the returned function is called. */
  follow(appId: string, reader: (entry: LogEntry) => void): () => void;
}

/** The outcome of a container that ran until its process ended. */
export interface RunResult {
  exitCode: number;
  /** A user stopped it, or its time was up. */
  wasStopped: boolean;
}

/** The states of a dyno. */
export type DynoState = "starting" | "up" | "idle" | "crashed" | "down";

/** A running or crashed dyno of an app. It is not stored: its container is its record. */
export interface DynoRecord extends OfApp {
  /** `web.1`, `run.4821`. */
  readonly name: string;
  readonly type: string;
  readonly command: string;
  readonly size: string;
  readonly state: DynoState;
  readonly releaseId: string;
  readonly releaseVersion: number;
  readonly attachUrl: string | null;
}

/** Some dynos of an app: all of a process type, or one by name. */
export interface DynoSelection {
  type?: string;
  name?: string;
}

/** Runs dynos as containers. Every method may be called again with the same arguments after a crash. */
export interface Dynos {
  /**
   * Converges the running dynos of an app to its formation and its current release, whose `configVars` and `images`
   * they run with. Dynos of another release are replaced, with preboot if the app has it. Called after each release,
   * after each scaling and at start. Resolves once the dynos have been started, before they are up.
   */
  reconcile(appId: string): Promise<void>;
  /** Restarts dynos of an app on a user's request; all of them without `only`. */
  restart(appId: string, only?: DynoSelection): Promise<void>;
  stop(appId: string, only: DynoSelection): Promise<void>;
  list(appId: string): DynoRecord[];
  /** Starts a one-off dyno, which removes itself when its command ends. */
  runOneOff(
    appId: string,
    request: { command: string; env: Record<string, string>; size?: string; type?: string; timeToLive?: number },
  ): Promise<DynoRecord>;
  /**
   * Runs the image of process type `release` until it ends. `write` receives its output while it is printed. Aborting
   * `signal` stops it.
   */
  runReleasePhase(release: ReleaseRecord, write: (chunk: string) => void, signal?: AbortSignal): Promise<RunResult>;
  /** Stops and removes every container of an app. */
  removeApp(appId: string): Promise<void>;
}

/** An app's web dynos as the router sees them. */
export interface WebDynos {
  /** Those that take requests. */
  serving: { name: string; endpoint: { host: string; port: number } }[];
  /** How many are about to take requests. */
  starting: number;
  crashed: number;
}

/** Where the router gets an app's web dynos. */
export interface WebDynoSource {
  web(appId: string): WebDynos;
  /** Calls back at each change among an app's dynos until the returned function is called. */
  watch(appId: string, listener: () => void): () => void;
}

/** What the registry knows of a pushed image. */
export interface PushedImage {
  /** `sha256:` + 64 hex: the digest of the image's config, Heroku's "image id". */
  imageId: string;
  manifestDigest: string;
  /** The CMD, or else the ENTRYPOINT, as the formation shows it. */
  command: string;
  /** Compressed size in bytes. */
  size: number;
}

/** Looks images up in the registry. */
export interface Images {
  find(appId: string, processType: string, imageId: string): Promise<PushedImage | undefined>;
  /** Copies an image between apps without a pull (pipeline promotion). */
  copy(imageId: string, processType: string, fromAppId: string, toAppId: string): Promise<void>;
  removeApp(appId: string): Promise<void>;
}

/** One add-on service (`heroku-postgresql`, `heroku-redis`), run as containers. All methods are idempotent. */
export interface AddonService {
  /**
   * Starts the service and resolves when it takes connections. Returns values by config var suffix, such as
   * `{ URL: … }`.
   */
  provision(addon: AddonRecord): Promise<Record<string, string>>;
  /** Applies the add-on's (already changed) plan to the running service. */
  changePlan(addon: AddonRecord): Promise<void>;
  deprovision(addon: AddonRecord): Promise<void>;
  /** Current figures of the running service, such as its connections. */
  figures(addon: AddonRecord): Promise<Figure[]>;
}

/** A figure of a running service under Heroku's own name for it: `Connections`, `3/20`. */
export interface Figure {
  name: string;
  value: string;
}

/** What `platform-api/` needs from the rooms that run containers. */
export interface Machines {
  dynos: Dynos;
  images: Images;
  logs: Logs & LogReader;
  services: ReadonlyMap<string, AddonService>;
}
