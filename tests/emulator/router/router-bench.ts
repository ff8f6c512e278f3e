import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { WebDynos } from "../../../emulator/machines";
import { Lookup } from "../../../emulator/platform-api/lookup";
import { AppRouter } from "../../../emulator/router/app-router";
import type { RouterLimits } from "../../../emulator/router/router-limits";
import type { AppRecord, FormationRecord, ReleaseRecord } from "../../../emulator/store/entities";
import { Store } from "../../../emulator/store/store";
import { countedIds } from "../counted-ids";
import { get } from "../docker/http-get";

const NOW = "2026-11-22T15:04:05.000Z";

const LIMITS: RouterLimits = { connect: 1, firstByte: 1, idle: 1, boot: 1 };

const APP: AppRecord = {
  id: "app-id",
  createdAt: NOW,
  updatedAt: NOW,
  name: "board",
  ownerId: "owner",
  teamId: null,
  regionName: "us",
  stackName: "container",
  buildStackName: "container",
  maintenance: false,
  acm: false,
  locked: false,
  internalRouting: null,
  buildpacks: [],
  releasedAt: NOW,
  currentReleaseId: "release-id",
};

const RELEASE: ReleaseRecord = {
  id: "release-id",
  createdAt: NOW,
  updatedAt: NOW,
  appId: APP.id,
  version: 3,
  status: "succeeded",
  description: "",
  user: { id: "owner", email: "dev@localhost" },
  stackName: "container",
  slugId: null,
  images: { web: { imageId: "sha256:1", dockerImageId: "1", command: "web" } },
  configVars: {},
  addonPlanNames: [],
  dynoMetadata: false,
  hasReleasePhase: false,
  keepsCode: false,
};

const FORMATION: FormationRecord = {
  id: "formation-id",
  createdAt: NOW,
  updatedAt: NOW,
  appId: APP.id,
  type: "web",
  quantity: 1,
  size: "Basic",
};

/** A web dyno of a test: a server in this process. */
export interface TestDyno {
  name: string;
  server: Server;
  port: number;
}

/** The router with an app named `board` and servers in this process as its dynos. */
export class RouterBench {
  readonly store = Store.open();
  readonly lines: string[] = [];
  private readonly dynos: TestDyno[] = [];
  private readonly listeners = new Set<() => void>();
  private starting = 0;
  private crashed = 0;
  private readonly router: AppRouter;
  private readonly front: Server;

  private constructor() {
    this.store.collection("apps").put(APP);
    this.store.collection("releases").put(RELEASE);
    this.store.collection("formations").put(FORMATION);
    const source = {
      web: () => this.web(),
      watch: (_appId: string, listener: () => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
    const logs = {
      append: (_appId: string, line: { message: string }) => void this.lines.push(line.message),
      removeApp: () => {},
    };
    const lookup = new Lookup(this.store);
    const context = {
      store: this.store,
      ids: countedIds(),
      findAppByHost: (host: string) => lookup.findAppByHost(host),
    };
    this.router = new AppRouter(context, source, logs, LIMITS);
    this.front = createServer((request, response) => this.router.request(request, response));
    this.front.on("upgrade", (request, socket, head) => this.router.upgrade(request, socket, head));
  }

  static async open(): Promise<RouterBench> {
    const bench = new RouterBench();
    await listen(bench.front);
    return bench;
  }

  get port(): number {
    return portOf(this.front);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The headers of requests to the app. */
  get host(): { Host: string } {
    return { Host: `board.localhost:${this.port}` };
  }

  /** Requests a path of the app. */
  visit(path = "/", headers: Record<string, string> = {}) {
    return get(`${this.url}${path}`, { ...this.host, ...headers });
  }

  /** Adds a web dyno. */
  async addDyno(
    name: string,
    answer: RequestListener,
    upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
  ): Promise<TestDyno> {
    const server = createServer(answer);
    if (upgrade) server.on("upgrade", upgrade);
    await listen(server);
    const dyno = { name, server, port: portOf(server) };
    this.dynos.push(dyno);
    for (const listener of this.listeners) listener();
    return dyno;
  }

  /** Sets how many dynos are not up. */
  say(counts: { starting?: number; crashed?: number }): void {
    this.starting = counts.starting ?? 0;
    this.crashed = counts.crashed ?? 0;
    for (const listener of this.listeners) listener();
  }

  setQuantity(quantity: number): void {
    this.store.collection("formations").update(FORMATION.id, { quantity });
  }

  /** Waits for the router's first line that matches the pattern. */
  async logged(pattern: RegExp): Promise<string> {
    for (let wait = 0; wait < 100; wait++) {
      const line = this.lines.find((each) => pattern.test(each));
      if (line) return line;
      await sleep(20);
    }
    throw new Error(`no line of the router matches ${pattern}: ${this.lines.join("\n")}`);
  }

  async close(): Promise<void> {
    this.router.close();
    for (const server of [this.front, ...this.dynos.map((dyno) => dyno.server)]) {
      server.close();
      server.closeAllConnections();
    }
    await this.store.close();
  }

  private web(): WebDynos {
    const serving = this.dynos.map(({ name, port }) => ({ name, endpoint: { host: "127.0.0.1", port } }));
    return { serving, starting: this.starting, crashed: this.crashed };
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
