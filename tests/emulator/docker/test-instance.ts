import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Dockerode from "dockerode";
import { Clock } from "../../../emulator/clock";
import { freePort } from "../../../emulator/docker/free-port";
import { Certificates } from "../../../emulator/server/certificates";
import { createInstance, type Instance } from "../../../emulator/server/instance";
import { listen } from "../../../emulator/server/listen";
import { createMachines, type MachineOptions } from "../../../emulator/server/machine-side";
import { Store } from "../../../emulator/store/store";
import { countedIds } from "../counted-ids";

/** Short times, so that tests of R10 and R12 take seconds. */
export const SHORT_LIMITS = { boot: 3, drain: 0.2, exit: 2, memoryCheck: 1 };

type Body = Record<string, unknown>;

/** Local Heroku on a free port with real containers, which `destroy` removes. */
export class TestInstance {
  readonly docker = new Dockerode();
  private instance: Instance | undefined;
  private stopListening: (() => Promise<void>) | undefined;
  store = Store.open();
  clock = new Clock();
  private readonly ids = countedIds();
  /** The delays of the next `reopen`. */
  delays: Record<string, number> = {};

  private constructor(
    readonly id: string,
    readonly port: number,
    readonly folder: string,
    private readonly options: MachineOptions,
  ) {}

  static async start(options: MachineOptions = {}): Promise<TestInstance> {
    const folder = mkdtempSync(join(tmpdir(), "local-heroku-test-"));
    const id = `test-${randomBytes(4).toString("hex")}`;
    const test = new TestInstance(id, await freePort(), folder, options);
    await test.open();
    return test;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  get host(): string {
    return `localhost:${this.port}`;
  }

  /** Stops Local Heroku like an ordinary exit; containers keep running. */
  async close(): Promise<void> {
    await this.stopListening?.();
    await this.instance?.close();
  }

  /** Starts Local Heroku again with the stored state. */
  async reopen(): Promise<void> {
    this.clock = new Clock();
    await this.open();
  }

  async destroy(): Promise<void> {
    await this.close().catch(() => {});
    await this.instance?.machineSide.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The names of every container, volume, network and image of the instance. */
  async leftovers(): Promise<string[]> {
    const filters = JSON.stringify({ label: [`local-heroku.instance=${this.id}`] });
    const containers = await this.docker.listContainers({ all: true, filters });
    const { Volumes } = await this.docker.listVolumes({ filters });
    const networks = await this.docker.listNetworks({ filters });
    const images = await this.docker.listImages({ filters: JSON.stringify({ reference: [`${this.host}/*/*`] }) });
    return [
      ...containers.flatMap(({ Names }) => Names),
      ...[...(Volumes ?? []), ...networks].map(({ Name }) => Name),
      ...images.map(({ Id }) => Id),
    ];
  }

  /** A request to the APIs with the default key; fails on an unexpected status. */
  async call<T = Body>(method: string, path: string, body?: Body, status = [200, 201]): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        Authorization: "Bearer local-heroku",
        Accept: "application/vnd.heroku+json; version=3.docker-releases",
        "Content-Type": "application/json",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!status.includes(response.status)) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** Creates an app on the container stack; returns its id. */
  async addApp(name: string): Promise<string> {
    const { id } = await this.call<{ id: string }>("POST", "/apps", { name, stack: "container" });
    return id;
  }

  /** Creates an add-on and waits until it is provisioned; returns its name and the app's config vars. */
  async addAddon(app: string, plan: string): Promise<{ id: string; name: string; config: Record<string, string> }> {
    const { id, name } = await this.call<{ id: string; name: string }>("POST", `/apps/${app}/addons`, { plan });
    await this.until(async () => {
      const { state } = await this.call<{ state: string }>("GET", `/apps/${app}/addons/${id}`);
      return state === "provisioned";
    });
    return { id, name, config: await this.call("GET", `/apps/${app}/config-vars`) };
  }

  /** Releases images by their ids. */
  async release(app: string, images: Record<string, string>): Promise<void> {
    const updates = Object.entries(images).map(([type, docker_image]) => ({ type, docker_image }));
    await this.call("PATCH", `/apps/${app}/formation`, { updates });
  }

  /** The app's log so far, one line each without its time. */
  async logLines(app: string): Promise<string[]> {
    const { id } = await this.call<{ id: string }>("GET", `/apps/${app}`);
    const session = { appId: id, lines: 1_500, tail: false, dyno: null, type: null, source: null };
    const now = new Date().toISOString();
    const record = this.store
      .collection("logSessions")
      .put({ ...session, id: `test-${Math.random()}`, createdAt: now, updatedAt: now });
    const text = await (await fetch(`${this.url}/streams/logs/${record.id}`)).text();
    return text.split("\n").flatMap((line) => (line === "" ? [] : [line.slice(line.indexOf(" ") + 1)]));
  }

  /** Waits until the condition holds; fails after `seconds`. */
  async until(ask: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
    for (const end = Date.now() + seconds * 1_000; !(await ask()); await sleep(50)) {
      if (Date.now() > end) throw new Error(`the condition did not hold within ${seconds} seconds: ${ask}`);
    }
  }

  private async open(): Promise<void> {
    this.store = Store.open(join(this.folder, "store"));
    this.instance = await createInstance({
      store: this.store,
      clock: this.clock,
      ids: this.ids,
      instanceId: this.id,
      port: this.port,
      dataFolder: this.folder,
      delays: this.delays,
      createMachineSide: (context) => createMachines(context, this.options),
    });
    const certificates = await Certificates.open(this.folder);
    this.stopListening = await listen(this.instance, [{ port: this.port, option: "--port" }], certificates);
    await this.instance.start();
  }
}
