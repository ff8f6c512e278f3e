import { randomInt } from "node:crypto";
import type { LocalHerokuProcess } from "../../support/local-heroku-process";
import type { Expectations } from "./expectations";

type Body = Record<string, unknown>;
interface Named {
  id: string;
  name: string;
}

/** There was no reply: the process was killed. */
class NoAnswer extends Error {}

const ACCEPT = "application/vnd.heroku+json; version=3.docker-releases";

/** Writes to one app without a pause, one request after another, and records what was acknowledged. */
export class Writer {
  acknowledged = 0;
  inDoubt = 0;
  /** Replies that no client should get: status 500 and above. */
  readonly faults: string[] = [];
  private readonly databases: Named[] = [];
  private readonly stores: Named[] = [];
  private count = 0;

  constructor(
    private readonly heroku: LocalHerokuProcess,
    private readonly app: string,
    private readonly images: readonly [string, string],
    private readonly releaseImage: string,
    private readonly expected: Expectations,
  ) {}

  /** Writes until there is no reply. */
  async run(): Promise<void> {
    const kinds = [
      this.setVars,
      this.setVars,
      this.scale,
      this.release,
      this.addOn,
      this.attach,
      this.backup,
      this.wholeApp,
    ];
    try {
      for (;;) await (kinds[randomInt(kinds.length)] ?? this.setVars).call(this);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  }

  /** Stops writing to an add-on, which may be removed. */
  private forget(addon: Named): void {
    for (const list of [this.databases, this.stores]) {
      const index = list.indexOf(addon);
      if (index >= 0) list.splice(index, 1);
    }
  }

  private async setVars(): Promise<void> {
    const name = `VAR_${randomInt(20)}`;
    const value = randomInt(5) === 0 ? null : `value ${this.next()}`;
    const path = `/apps/${this.app}/config-vars`;
    const wanted = { [name]: value ?? undefined };
    if (await this.write("PATCH", path, { [name]: value }, `${path}#${name}`, wanted)) await this.noteReleases();
  }

  private async scale(): Promise<void> {
    const path = `/apps/${this.app}/formation/web`;
    const wanted = { quantity: randomInt(3), size: randomInt(2) === 0 ? "Standard-1X" : "Standard-2X" };
    await this.write("PATCH", path, wanted, path, wanted);
  }

  private async release(): Promise<void> {
    const image = this.images[randomInt(2)] ?? this.images[0];
    const updates = [{ type: "web", docker_image: image }];
    if (randomInt(3) === 0) updates.push({ type: "release", docker_image: this.releaseImage });
    await this.send("PATCH", `/apps/${this.app}/formation`, { updates });
    await this.noteReleases();
  }

  private async addOn(): Promise<void> {
    const [service, list]: [string, Named[]] =
      randomInt(2) === 0 ? ["heroku-redis", this.stores] : ["heroku-postgresql", this.databases];
    const oldest = list[0];
    if (oldest === undefined || list.length < 2) {
      const made = await this.send<Named>("POST", `/apps/${this.app}/addons`, { plan: service });
      if (made === undefined) return;
      list.push(made);
      this.expected.acknowledged(`/addons/${made.id}`, { name: made.name });
      return;
    }
    const path = `/addons/${oldest.id}`;
    if (randomInt(2) === 0) {
      const plan = service === "heroku-redis" ? "heroku-redis:premium-0" : "heroku-postgresql:essential-1";
      await this.write("PATCH", `/apps/${this.app}${path}`, { plan }, path, {
        name: oldest.name,
        plan: { name: plan },
      });
      return;
    }
    this.forget(oldest);
    this.expected.forgetOwned(path);
    await this.write("DELETE", `/apps/${this.app}/addons/${oldest.id}`, undefined, path, undefined);
  }

  private async attach(): Promise<void> {
    const addon = this.databases.at(-1);
    if (addon === undefined) return;
    const made = await this.send<Named>("POST", "/addon-attachments", { addon: addon.id, app: this.app });
    if (made === undefined) return;
    const path = `/addon-attachments/${made.id}`;
    this.expected.acknowledged(path, { name: made.name }, `/addons/${addon.id}`);
    if (randomInt(2) === 0) await this.write("DELETE", path, undefined, path, undefined);
  }

  private async backup(): Promise<void> {
    const addon = this.databases[0];
    if (addon === undefined) return;
    const made = await this.send<{ uuid: string; num: number }>("POST", `/client/v11/databases/${addon.id}/backups`);
    if (made === undefined) return;
    const path = `/client/v11/apps/${this.app}/transfers/${made.num}`;
    this.expected.acknowledged(path, { uuid: made.uuid }, `/addons/${addon.id}`);
  }

  /** Creates another app and removes it, unless it is interrupted. */
  private async wholeApp(): Promise<void> {
    const made = await this.send<Named>("POST", "/apps", { stack: "container" });
    if (made === undefined) return;
    const path = `/apps/${made.id}`;
    this.expected.acknowledged(path, { name: made.name });
    const name = `renamed-${made.id.slice(0, 8)}`;
    await this.write("PATCH", path, { name, maintenance: true }, path, { name, maintenance: true });
    if (randomInt(4) > 0) await this.write("DELETE", path, undefined, path, undefined);
  }

  /** Every release that a client has seen must stay. */
  private async noteReleases(): Promise<void> {
    const path = `/apps/${this.app}/releases`;
    const rows = await this.send<{ id: string; version: number; description: string }[]>("GET", path);
    const newest = (rows ?? []).map(({ id, version, description }) => [id, { version, description }]);
    if (newest.length > 0) this.expected.acknowledged(path, Object.fromEntries(newest));
  }

  /** A write with a known effect; true if it was acknowledged. */
  private async write(
    method: string,
    path: string,
    body: Body | undefined,
    noted: string,
    fields: Body | undefined,
  ): Promise<boolean> {
    try {
      const answer = await this.send(method, path, body);
      if (answer === undefined) return false;
      this.expected.acknowledged(noted, fields);
      return true;
    } catch (error) {
      this.expected.inDoubt(noted, fields);
      throw error;
    }
  }

  /** The body of a reply; undefined if the request was refused. */
  private async send<T = unknown>(method: string, path: string, body?: Body): Promise<T | undefined> {
    const headers = { Accept: ACCEPT, Authorization: "Bearer local-heroku", Range: "version ..; max=50, order=desc" };
    const { Range: _, ...plain } = headers;
    let status: number;
    let text: string;
    try {
      const response = await fetch(this.heroku.url + path, {
        method,
        headers: path.endsWith("/releases") ? headers : plain,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      status = response.status;
      text = await response.text();
    } catch (error) {
      if (method !== "GET") this.inDoubt += 1;
      throw new NoAnswer(`${method} ${path}`, { cause: error });
    }
    if (status >= 500) this.faults.push(`${method} ${path}: ${status} ${text}`);
    if (status >= 300) return undefined;
    if (method !== "GET") this.acknowledged += 1;
    return JSON.parse(text);
  }

  private next(): number {
    this.count += 1;
    return this.count;
  }
}
