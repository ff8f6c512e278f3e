/**
 * The seam inside Local Heroku. On one side `platform-api/` knows Heroku's rules and keeps the records. On the other
 * side `data-api/`, `dynos/`, `router/`, `registry/` and `logplex/` run containers. These rooms never import each
 * other: they share `http/`, `store/`, `catalog/`, `docker/` and the types of this file and of machines.ts; `server/`
 * puts them together. So the API is tested without Docker, and the machines are tested without the API.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Hono } from "hono";
import type { Clock } from "./clock";
import type { Ids } from "./ids";
import type { Machines } from "./machines";
import type { AccountRecord, AddonRecord, AppRecord } from "./store/entities";
import type { Store } from "./store/store";

/** What the rooms that run containers report to `platform-api/`. */
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
