import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { push, removeImages } from "../emulator/docker/test-image";
import type { LocalHerokuProcess } from "../support/local-heroku-process";

const execute = promisify(execFile);
const context = join(__dirname, "..", "..", "app");
const PATIENCE_MS = 180_000;

interface Release {
  id: string;
  version: number;
  status: string;
}

interface DynoView {
  type: string;
  state: string;
  release: { version: number };
}

/** skechwime on Local Heroku as production has it: standard-1x dynos with preboot, moved by Heroku's API alone. */
export class DeployedSkechwime {
  readonly name = `load-${randomBytes(4).toString("hex")}`;
  private quantity = 2;
  private images = 0;
  private readonly tags = new Set<string>();

  private constructor(private readonly heroku: LocalHerokuProcess) {}

  static async create(heroku: LocalHerokuProcess): Promise<DeployedSkechwime> {
    const deployed = new DeployedSkechwime(heroku);
    const { name } = deployed;
    await heroku.api("POST", "/apps", { name, stack: "container" });
    for (const feature of ["preboot", "runtime-dyno-metadata"]) {
      await heroku.api("PATCH", `/apps/${name}/features/${feature}`, { enabled: true });
    }
    // The smallest plans, whose limits are the tightest: Local Heroku refuses connections above them.
    for (const plan of ["heroku-postgresql:essential-0", "heroku-redis:mini"]) {
      const { id } = await heroku.api<{ id: string }>("POST", `/apps/${name}/addons`, { plan });
      await until(`${plan} is there`, async () => {
        return (await heroku.api<{ state: string }>("GET", `/apps/${name}/addons/${id}`)).state === "provisioned";
      });
    }
    const secret = randomBytes(40).toString("hex");
    await deployed.config({ SECRET_KEY: secret, ALLOWED_HOSTS: `${name}.localhost`, HTTPS_ONLY: "false" });
    await deployed.pushAndRelease({ release: await deployed.push("release"), web: await deployed.push("web") });
    await until("the first release has succeeded", async () => (await deployed.newest()).status === "succeeded");
    await deployed.scale(2);
    await deployed.settled();
    return deployed;
  }

  get origin(): string {
    return `http://${this.name}.localhost:${this.heroku.port}`;
  }

  /** Releases an image that no release had. */
  async release(): Promise<void> {
    await this.pushAndRelease({ web: await this.push("web") });
    await this.settled();
  }

  /** Back to the code of the release before the last one that brought code. */
  async rollBack(): Promise<void> {
    const releases = await this.heroku.api<(Release & { description: string })[]>("GET", `/apps/${this.name}/releases`);
    const former = releases.filter(({ description }) => description.startsWith("Deployed ")).at(-2);
    if (former === undefined) throw new Error("there is no release to roll back to");
    await this.heroku.api("POST", `/apps/${this.name}/releases`, { release: former.id });
    await this.settled();
  }

  async scale(quantity: number): Promise<void> {
    this.quantity = quantity;
    await this.heroku.api("PATCH", `/apps/${this.name}/formation/web`, { quantity, size: "standard-1x" });
    if ((await this.newest()).status === "succeeded") await this.settled();
  }

  /** Changes a config var. */
  async configure(value: string): Promise<void> {
    await this.config({ CHANGED_AT: value });
    await this.settled();
  }

  /** Connections that the data services have now, by service, with the plan's limit. */
  async connections(): Promise<Record<string, { open: number; limit: number }>> {
    const { addons } = await this.heroku.control<{
      addons: { plan: string; figures: { name: string; value: string }[] }[];
    }>("GET", `/apps/${this.name}`);
    const counted = addons.map(({ plan, figures }) => {
      const value = figures.find(({ name }) => name === "Connections")?.value ?? "0/0";
      const [open = 0, limit = 0] = value.split("/").map(Number);
      return [plan, { open, limit }] as const;
    });
    return Object.fromEntries(counted);
  }

  /** Collects the router's errors from now on, until the app's log ends. */
  async routerErrors(): Promise<string[]> {
    const errors: string[] = [];
    const session = { tail: true, lines: 1, source: "heroku", dyno: "router" };
    const { logplex_url } = await this.heroku.api<{ logplex_url: string }>(
      "POST",
      `/apps/${this.name}/log-sessions`,
      session,
    );
    const { body } = await fetch(logplex_url);
    if (body === null) throw new Error("the app's log cannot be followed");
    const collect = async () => {
      for await (const line of createInterface({ input: Readable.from(body) })) {
        if (line.includes("at=error")) errors.push(line);
      }
    };
    // It ends with Local Heroku.
    void collect().catch(() => {});
    return errors;
  }

  /** Waits until every dyno that was replaced or taken away has ended. */
  async left(): Promise<void> {
    await until("no old dyno is left", async () => {
      const webs = (await this.heroku.containers()).filter((name) => name.includes("-web."));
      return webs.length === this.quantity;
    });
  }

  removeImages(): Promise<void> {
    return removeImages(...this.tags);
  }

  /** Waits until the newest release has succeeded and all of its dynos are up, which ends preboot too. */
  private async settled(): Promise<void> {
    await until("the newest release runs on every dyno", async () => {
      const { version, status } = await this.newest();
      if (status === "failed") throw new Error(`release v${version} failed: ${await this.heroku.appLog(this.name)}`);
      const dynos = await this.heroku.api<DynoView[]>("GET", `/apps/${this.name}/dynos`);
      const webs = dynos.filter(({ type }) => type === "web");
      const areCurrent = webs.every(({ state, release }) => state === "up" && release.version === version);
      return status === "succeeded" && webs.length === this.quantity && areCurrent;
    });
  }

  private async newest(): Promise<Release> {
    const releases = await this.heroku.api<Release[]>("GET", `/apps/${this.name}/releases`);
    const newest = releases.at(-1);
    if (newest === undefined) throw new Error("the app has no release");
    return newest;
  }

  private config(vars: Record<string, string>): Promise<unknown> {
    return this.heroku.api("PATCH", `/apps/${this.name}/config-vars`, vars);
  }

  private pushAndRelease(images: Record<string, string>): Promise<unknown> {
    const updates = Object.entries(images).map(([type, docker_image]) => ({ type, docker_image }));
    return this.heroku.api("PATCH", `/apps/${this.name}/formation`, { updates });
  }

  /** Builds and pushes an image that differs from all before; answers its id. */
  private async push(type: string): Promise<string> {
    const tag = `localhost:${this.heroku.port}/${this.name}/${type}`;
    this.images += 1;
    const build = ["build", "--quiet", "--target", type, "--label", `build=${this.images}`, "--tag", tag, context];
    const { stdout } = await execute("docker", build);
    this.tags.add(tag);
    await push(tag, "local-heroku");
    return stdout.trim();
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await holds()); await sleep(200)) {
    if (Date.now() > end) throw new Error(`it did not come about within ${PATIENCE_MS / 1_000} s that ${what}`);
  }
}
