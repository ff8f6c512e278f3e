import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { LocalHerokuProcess } from "../../support/local-heroku-process";
import { buildImage, buildWebImage, push, removeImages } from "../docker/test-image";
import { Expectations } from "./expectations";
import { findLeaks } from "./leaks";
import { Writer } from "./writer";

/** The findings of a run of kills. */
export interface KillFigures {
  kills: number;
  acknowledged: number;
  inDoubt: number;
  /** How many resources were read and compared. */
  compared: number;
  lost: string[];
  leaked: string[];
  /** What got stuck: a release that stays pending, a write that is refused. */
  stuck: string[];
  /** Dynos that were replaced by a kill without a reason. */
  restarted: string[];
  faults: string[];
}

const WRITERS = ["stream-one", "stream-two"];
const STILL = "still";
const LONGEST_LIFE_MS = 1_500;
/** The time limit for background work. */
const PATIENCE_MS = 120_000;

interface Row {
  id: string;
  state: string;
  status: string;
  output_stream_url: string | null;
}

/** Kills Local Heroku several times at random moments under two streams of writes, and compares after each restart. */
export async function killRun(kills: number, progress: (line: string) => void = () => {}): Promise<KillFigures> {
  const heroku = await LocalHerokuProcess.start();
  const tags: string[] = [];
  try {
    return await new KillRun(heroku, tags, progress).run(kills);
  } finally {
    await heroku.destroy();
    await removeImages(...tags);
  }
}

class KillRun {
  private readonly expected = new Expectations();
  private readonly figures: Omit<KillFigures, "acknowledged" | "inDoubt" | "compared"> = {
    kills: 0,
    lost: [],
    leaked: [],
    stuck: [],
    restarted: [],
    faults: [],
  };

  constructor(
    private readonly heroku: LocalHerokuProcess,
    private readonly tags: string[],
    private readonly progress: (line: string) => void,
  ) {}

  async run(kills: number): Promise<KillFigures> {
    const writers = await Promise.all(WRITERS.map((app) => this.writer(app)));
    await this.deploy(STILL, await this.push(STILL, "web", { KIND: "still" }));
    await this.heroku.api("PATCH", `/apps/${STILL}/formation/web`, { quantity: 2, size: "Standard-1X" });
    await this.settled();
    const still = await this.dynosOf(STILL);
    const { figures } = this;
    while (figures.kills < kills) {
      const writing = writers.map((writer) => writer.run());
      await sleep(randomInt(LONGEST_LIFE_MS));
      await this.heroku.end("SIGKILL");
      await Promise.all(writing);
      figures.kills += 1;
      await this.heroku.resume();
      figures.lost.push(...(await this.expected.check((path) => this.read(path))));
      figures.leaked.push(...(await this.leaks()));
      const now = await this.dynosOf(STILL);
      if (now !== still) figures.restarted.push(`after kill ${figures.kills}: ${still} became ${now}`);
      this.progress(`${figures.kills} of ${kills} kills`);
    }
    await this.settled();
    figures.lost.push(...(await this.expected.check((path) => this.read(path))));
    figures.leaked.push(...(await this.leaks()));
    figures.faults.push(...writers.flatMap(({ faults }) => faults));
    const sum = (count: (writer: Writer) => number) => writers.reduce((total, writer) => total + count(writer), 0);
    return {
      ...figures,
      acknowledged: sum((writer) => writer.acknowledged),
      inDoubt: sum((writer) => writer.inDoubt),
      compared: this.expected.checked,
    };
  }

  private async writer(app: string): Promise<Writer> {
    const first = await this.push(app, "web", { KIND: "first" });
    const second = await this.push(app, "web", { KIND: "second" });
    const tag = `localhost:${this.heroku.port}/${app}/release`;
    this.tags.push(tag);
    const phase = await buildImage(tag, 'CMD ["sh", "-c", "sleep 0.3; echo migrated"]');
    await push(tag, "local-heroku");
    await this.deploy(app, first);
    return new Writer(this.heroku, app, [first, second], phase, this.expected);
  }

  private async push(app: string, type: string, environment: Record<string, string>): Promise<string> {
    const apps = await this.heroku.api<{ name: string }[]>("GET", "/apps");
    if (!apps.some(({ name }) => name === app))
      await this.heroku.api("POST", "/apps", { name: app, stack: "container" });
    const tag = `localhost:${this.heroku.port}/${app}/${type}`;
    this.tags.push(tag);
    const id = await buildWebImage(tag, environment);
    await push(tag, "local-heroku");
    return id;
  }

  private async deploy(app: string, web: string): Promise<void> {
    await this.heroku.api("PATCH", `/apps/${app}/formation`, { updates: [{ type: "web", docker_image: web }] });
  }

  private async read(path: string): Promise<unknown> {
    const [address = path] = path.split("#");
    const headers = { Accept: "application/vnd.heroku+json; version=3", Authorization: "Bearer local-heroku" };
    const range = { Range: "version ..; max=1000, order=desc" };
    const response = await fetch(this.heroku.url + address, {
      headers: address.endsWith("/releases") ? { ...headers, ...range } : headers,
    });
    const body: unknown = await response.json();
    if (response.status >= 500) this.figures.faults.push(`GET ${address}: ${response.status}`);
    if (response.status === 404) return undefined;
    return Array.isArray(body) ? Object.fromEntries(body.map((row: Row) => [row.id, row])) : body;
  }

  /** What has no record and is not removed in time. */
  private async leaks(): Promise<string[]> {
    let found = await findLeaks(this.heroku);
    for (const end = Date.now() + PATIENCE_MS; found.length > 0 && Date.now() < end; ) {
      await sleep(100);
      found = await findLeaks(this.heroku);
    }
    return found;
  }

  private async dynosOf(app: string): Promise<string> {
    return (await this.heroku.api<Row[]>("GET", `/apps/${app}/dynos`)).map(({ id }) => id).join(" ");
  }

  /** Waits until no background work is left; what does not end is stuck. */
  private async settled(): Promise<void> {
    let busy = await this.busy();
    for (const end = Date.now() + PATIENCE_MS; busy.length > 0 && Date.now() < end; ) {
      await sleep(200);
      busy = await this.busy();
    }
    this.figures.stuck.push(...busy);
  }

  private async busy(): Promise<string[]> {
    const addons = await this.heroku.api<Row[]>("GET", "/addons");
    const busy = addons.filter(({ state }) => state !== "provisioned").map(({ id, state }) => `add-on ${id} ${state}`);
    for (const app of [...WRITERS, STILL]) {
      for (const { id, state } of await this.heroku.api<Row[]>("GET", `/apps/${app}/dynos`)) {
        if (state !== "up") busy.push(`dyno ${id} of ${app} ${state}`);
      }
      const releases = await this.heroku.api<Row[]>("GET", `/apps/${app}/releases`);
      for (const { id, status, output_stream_url } of releases) {
        if (status === "pending") busy.push(`release ${id} of ${app} pending`);
        else if (output_stream_url !== null) busy.push(...(await this.unmigrated(id, status, output_stream_url)));
      }
    }
    return busy;
  }

  /** A succeeded release phase must have run to its end. */
  private async unmigrated(id: string, status: string, url: string): Promise<string[]> {
    const output = await (await fetch(url)).text();
    return status === "succeeded" && output.includes("migrated")
      ? []
      : [`release ${id} ${status}, its phase printed ${JSON.stringify(output)}`];
  }
}
