/**
 * The seam inside Local Heroku. The API side (platform/, routes/, store/) knows Heroku's rules and
 * keeps the records; the machine side (docker/, dynos/, router/, registry/, addons/, logs/) runs
 * containers. Each side sees the other through these types alone, so the API can be tested with no
 * Docker engine and the machines with no HTTP.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Hono } from "hono";
import type { Clock } from "./clock";
import type { AccountRecord, AddonRecord, AppRecord, DynoRecord, ReleaseRecord } from "./store/entities";
import type { Store } from "./store/store";

/** Where a log line comes from, as Logplex names it: `app[web.1]`, `heroku[router]`, `app[api]`. */
export interface LogLine {
  source: "app" | "heroku";
  /** Dyno name or component: `web.1`, `router`, `api`, `release.4821`. */
  dyno: string;
  message: string;
}

/** A line as an app's log keeps it. */
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
  /** The newest lines of an app that are wanted, oldest first. */
  newest(appId: string, wanted: (entry: LogEntry) => boolean, count: number): LogEntry[];
  /** Calls back with each new line until the returned function is called. */
  follow(appId: string, reader: (entry: LogEntry) => void): () => void;
}

/** The outcome of one container run to its end. */
export interface RunResult {
  exitCode: number;
  /** It was told to end, by a person or as its time was up. */
  wasStopped: boolean;
}

/** Runs dynos as containers. Every method may be called again with the same arguments after a crash. */
export interface Dynos {
  /**
   * Converges the running dynos of an app to its formation and its current release (`currentReleaseId`), whose
   * `configVars` and `images` they run with; dynos of another release are replaced, with preboot when the app has
   * it. Called after each new release, each scaling and at start. Resolves once started, not once up.
   */
  reconcile(appId: string): Promise<void>;
  /** Restarts dynos of an app on a user's request: all, those of a type, or one by name. */
  restart(appId: string, only?: { type?: string; name?: string }): Promise<void>;
  stop(appId: string, only: { type?: string; name?: string }): Promise<void>;
  list(appId: string): DynoRecord[];
  /** Starts a one-off dyno; it removes itself when its command ends. */
  runOneOff(
    appId: string,
    request: { command: string; env: Record<string, string>; size?: string; type?: string; timeToLive?: number },
  ): Promise<DynoRecord>;
  /** Runs the image pushed as process type `release` to its end; `write` receives its output as it comes. Aborting `signal` stops it. */
  runReleasePhase(release: ReleaseRecord, write: (chunk: string) => void, signal?: AbortSignal): Promise<RunResult>;
  /** Stops and removes every container of an app. */
  removeApp(appId: string): Promise<void>;
}

/** What the registry knows of an image that was pushed. */
export interface PushedImage {
  /** `sha256:` + 64 hex: the digest of the image's config, Heroku's "image id". */
  imageId: string;
  manifestDigest: string;
  /** CMD and ENTRYPOINT joined as the formation shows them. */
  command: string;
  /** Compressed size in bytes. */
  size: number;
}

/** Looks images up in the registry behind the front. */
export interface Images {
  find(appId: string, processType: string, imageId: string): Promise<PushedImage | undefined>;
  /** Copies an image between apps without a pull (pipeline promotion). */
  copy(imageId: string, processType: string, fromAppId: string, toAppId: string): Promise<void>;
  removeApp(appId: string): Promise<void>;
}

/** One add-on service (`heroku-postgresql`, `heroku-redis`), run as containers. All methods are idempotent. */
export interface AddonService {
  /** Starts the real service and resolves when it takes connections; the values are keyed by config var suffix, e.g. `{ URL: … }`. */
  provision(addon: AddonRecord): Promise<Record<string, string>>;
  /** Applies the add-on's (already changed) plan to the running service. */
  changePlan(addon: AddonRecord): Promise<void>;
  deprovision(addon: AddonRecord): Promise<void>;
  /** What the running service says of itself now, such as its connections. */
  figures(addon: AddonRecord): Promise<Figure[]>;
}

/** A figure of a running service under Heroku's own name for it: `Connections`, `3/20`. */
export interface Figure {
  name: string;
  value: string;
}

/** Everything the API side asks of the machine side. */
export interface Machines {
  dynos: Dynos;
  images: Images;
  logs: Logs & LogReader;
  services: ReadonlyMap<string, AddonService>;
}

/** What the machine side asks of the API side. */
export interface PlatformEvents {
  /**
   * A service changed an add-on's values (credential rotation): stores them and makes the provider's release.
   * With a `namespace` (`credential:reader`), those of the attachments with it; undefined values remove the namespace.
   */
  addonValuesChanged(addonId: string, values: Record<string, string> | undefined, namespace?: string): Promise<void>;
}

/** What the machine side is made from. */
export interface MachineContext {
  store: Store;
  clock: Clock;
  events: PlatformEvents;
  /** Goes into the label and the names of every Docker object. */
  instanceId: string;
  port: number;
  /** `http://localhost:<port>`, without a slash at its end. */
  url: string;
  /** How long old web dynos serve on beside new ones with preboot, in milliseconds; 0 until the new ones are up. */
  prebootMs(): number;
  /** The account that an `Authorization` header (Bearer or Basic) opens. */
  authenticate(authorization: string | undefined): AccountRecord | undefined;
  /** The app by id or name, when the account may use it. */
  findApp(account: AccountRecord, idOrName: string): AppRecord | undefined;
  /** The add-on by id or name, when the account may use it. */
  findAddon(account: AccountRecord, idOrName: string): AddonRecord | undefined;
  /** The instance's folder, for backup files. */
  dataFolder: string;
}

/** A part that answers requests of the one port by itself. */
export interface NodeHandler {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Everything the machine side brings to the one port. */
export interface MachineSide {
  machines: Machines;
  /** Requests whose host is `<app>.localhost`. */
  router: NodeHandler;
  /** Requests to `/v2/…`. */
  registry: NodeHandler;
  /** The data APIs; mounted at `/`, with the account already checked and `HerokuError`s turned into replies. */
  dataRoutes: Hono;
  /** Routes whose path is the secret (log streams at `LOG_STREAMS`, backup files); mounted at `/` with no account check. */
  openRoutes: Hono;
  /** Adopts the containers of an earlier process and removes those that no record knows. */
  start(): Promise<void>;
  /** Lets go of everything; dynos and services keep running when `keep` is set. */
  close(options?: { keep: boolean }): Promise<void>;
  /** Removes every container, volume and network of the instance; only after `close`. */
  destroy(): Promise<void>;
}

/** Makes the machine side (`createMachineSide` of machine-side.ts); rejects with one clear message when the Docker engine is not to be had. */
export type CreateMachineSide = (context: MachineContext) => Promise<MachineSide>;

/** The host name that an app has from its name. */
export function defaultDomain({ name }: Pick<AppRecord, "name">): string {
  return `${name}.localhost`;
}

/** A log session is read at this path + its id: `GET /streams/logs/<id>`. */
export const LOG_STREAMS = "/streams/logs/";

/** A backup's file is served at this path + the id of its public URL's record. */
export const BACKUP_FILES = "/backup-files/";
