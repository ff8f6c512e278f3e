/**
 * The seam inside Local Heroku. On one side `platform-api/` knows Heroku's rules and keeps the records. On the other
 * side `data-api/`, `dynos/`, `router/`, `registry/` and `logplex/` run containers. These rooms never import each
 * other: they share the types of this file, `http/`, `store/`, `catalog/` and `docker/`, and `server/` puts them
 * together. So the API is tested without Docker, and the machines are tested without the API.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Hono } from "hono";
import type { Clock } from "./clock";
import type { Ids } from "./ids";
import type { AccountRecord, AddonRecord, AppRecord, OfApp, ReleaseRecord } from "./store/entities";
import type { Store } from "./store/store";

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
   * Runs the image of process type `release` until it ends. `write` receives its output as it is printed. Aborting
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
  /** CMD and ENTRYPOINT joined as the formation shows them. */
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

/** What `platform-api/` is told by the rooms that run containers. */
export interface PlatformEvents {
  /**
   * A service changed an add-on's values, for example by rotating credentials. Stores them and makes the provider's
   * release. With a `namespace` (`credential:reader`), changes those of its attachments; undefined values remove the
   * namespace.
   */
  addonValuesChanged(addonId: string, values: Record<string, string> | undefined, namespace?: string): Promise<void>;
}

/** Finds what an account may use. */
export interface ResourceLookup {
  /** The app with this id or name. */
  findApp(account: AccountRecord, idOrName: string): AppRecord | undefined;
  /** The add-on with this id or name. */
  findAddon(account: AccountRecord, idOrName: string): AddonRecord | undefined;
}

/** What the rooms that run containers are made from. */
export interface MachineContext extends ResourceLookup {
  store: Store;
  clock: Clock;
  ids: Ids;
  /** Part of the label and the names of every Docker object. */
  instanceId: string;
  port: number;
  /** `http://localhost:<port>`, without a trailing slash. */
  url: string;
  /** How long preboot keeps old web dynos, in milliseconds; with 0, until the new ones are up. */
  prebootMs(): number;
  /** The account of an `Authorization` header (Bearer or Basic). */
  authenticate(authorization: string | undefined): AccountRecord | undefined;
  /** The app with this host name: `<app>.localhost`, or one of its domains. */
  findAppByHost(host: string): AppRecord | undefined;
  /** The instance's folder, for backup files. */
  dataFolder: string;
}

/** Serves requests with Node's own objects. */
export interface NodeHandler {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** What the rooms that run containers contribute to an instance. */
export interface MachineSide {
  machines: Machines;
  /** Requests for apps' host names. */
  router: NodeHandler;
  /** Requests to `/v2/…`. */
  registry: NodeHandler;
  /** The data APIs; mounted at `/` behind the check of the API key. */
  dataRoutes: Hono;
  /** Routes whose path is the secret (log streams, backup files); mounted at `/` without a check of the API key. */
  openRoutes: Hono;
  /** Adopts the containers of an earlier process and removes those without a record. `events` is called from now on. */
  start(events: PlatformEvents): Promise<void>;
  /** Releases connections and timers. Dynos and services keep running. */
  close(): Promise<void>;
  /** Removes every container, volume and network of the instance; only after `close`. */
  destroy(): Promise<void>;
}

/** Makes the machine side; rejects with one clear message when there is no Docker engine. */
export type CreateMachineSide = (context: MachineContext) => Promise<MachineSide>;

/** An app's own host name. */
export function defaultDomain({ name }: Pick<AppRecord, "name">): string {
  return `${name}.localhost`;
}

/** Log sessions are read at `GET /streams/logs/<id>`. */
export const LOG_STREAMS = "/streams/logs/";

/** Backup files are downloaded at `GET /backup-files/<id of the public URL>`. */
export const BACKUP_FILES = "/backup-files/";
