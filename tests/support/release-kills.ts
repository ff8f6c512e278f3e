import { setTimeout as sleep } from "node:timers/promises";
import { LocalHerokuProcess, type LoggedRequest } from "./local-heroku-process";
import { otherAppConfig, writeOtherApp } from "./other-app";
import { killAll, processTree } from "./process-tree";
import { StackDriver } from "./stack-driver";
import { visit } from "./visitor";

/** What is killed in the middle of an `up`. */
export type Victim = "engine" | "provider" | "Local Heroku";

/** When: at the k-th request of the `up`, or at the first that fits. */
export type Moment = { nth: number } | { method: string; path: string };

/** How long the request at which something is killed is held, in milliseconds. */
const HELD_MS = 1_000;
const APP = "killed-app";

interface Release {
  version: number;
  status: string;
  current: boolean;
  description: string;
}

/** An app that is released again and again, each time with a kill in the middle. */
export class ReleaseKills {
  private round = 0;
  private answers: string[] = [];
  private readonly wrongAnswers: string[] = [];
  private herokuIsDown = false;
  private probing = true;

  private constructor(
    private readonly heroku: LocalHerokuProcess,
    private readonly stack: StackDriver,
  ) {}

  static async create(): Promise<ReleaseKills> {
    const heroku = await LocalHerokuProcess.start();
    const stack = await StackDriver.create("local", heroku.url, { ...otherAppConfig, "skechwime:appName": APP });
    const kills = new ReleaseKills(heroku, stack);
    kills.change();
    await stack.up();
    void kills.probe();
    return kills;
  }

  /** The requests that reach Local Heroku in an `up` with changed images. */
  async requests(): Promise<LoggedRequest[]> {
    this.change();
    await this.heroku.clearRequests();
    await this.stack.up();
    return this.heroku.requests();
  }

  /**
   * Kills in an `up` with changed images, then runs `pulumi cancel` and `up`. Answers everything that did not end right,
   * or undefined when the moment never came.
   */
  async run(victim: Victim, moment: Moment, takesEffect: boolean): Promise<string[] | undefined> {
    const before = await this.releases();
    const containers = await this.heroku.containers();
    this.wrongAnswers.length = 0;
    this.change();
    const first = await this.upAndKill(victim, moment, takesEffect);
    if (first === undefined) return undefined;
    await this.stack.run("cancel", "--yes");
    const { code, output } = await this.stack.run("up", "--yes", "--skip-preview");
    if (code !== 0) return [`the next up failed:\n${output}\nafter:\n${first}`];
    return [...(await this.wrongs(before, containers)), ...this.wrongAnswers];
  }

  async destroy(): Promise<void> {
    this.probing = false;
    await this.heroku.destroy();
    this.stack.remove();
  }

  /** Both images become others than they were: the page's and, by a space more, the release phase's. */
  private change(): void {
    this.round += 1;
    const answer = `round ${this.round}`;
    writeOtherApp(this.stack.folder, `0${" ".repeat(this.round)}`, answer);
    this.answers = [...this.answers.slice(-1), answer];
  }

  private async upAndKill(victim: Victim, moment: Moment, takesEffect: boolean): Promise<string | undefined> {
    const which = "nth" in moment ? { skip: moment.nth - 1 } : moment;
    await this.heroku.control("DELETE", "/faults");
    await this.heroku.control("POST", "/faults", {
      ...which,
      // Long enough to kill first; then the request is served for nobody, or never was.
      ...{ delay: HELD_MS, ...(takesEffect ? {} : { cut: "before" }) },
    });
    const { pid, result } = this.stack.start(["up", "--yes", "--skip-preview"]);
    let ended = false;
    void result.then(() => {
      ended = true;
    });
    const least = "nth" in moment ? moment.nth : 1;
    const hasCome = async () =>
      ((await this.heroku.control<{ matched: number }[]>("GET", "/faults"))[0]?.matched ?? 0) >= least;
    while (!ended && !(await hasCome())) await sleep(20);
    if (ended) {
      await this.heroku.control("DELETE", "/faults");
      return undefined;
    }
    await this.kill(victim, pid, takesEffect);
    const { output } = await result;
    // A request that is held is let through before the next update begins.
    await sleep(victim === "Local Heroku" ? 0 : HELD_MS);
    if (victim !== "Local Heroku") await this.heroku.control("DELETE", "/faults");
    return output;
  }

  private async kill(victim: Victim, pid: number, takesEffect: boolean): Promise<void> {
    const tree = processTree(pid);
    if (victim === "engine") killAll(tree);
    else if (victim === "provider") killAll(tree.filter(({ command }) => command.includes("heroku-native")));
    else {
      // Killed while it holds the request, or as soon as it may have served it.
      if (takesEffect) await sleep(HELD_MS);
      this.herokuIsDown = true;
      await this.heroku.end("SIGKILL");
      await this.heroku.resume();
      this.herokuIsDown = false;
    }
  }

  /** What is not as it has to be after an `up`. */
  private async wrongs(before: Release[], containers: string[]): Promise<string[]> {
    const wrongs: string[] = [];
    const hold = (holds: boolean, wrong: string) => {
      if (!holds) wrongs.push(wrong);
    };
    const releases = await this.releases();
    const current = releases.find((release) => release.current);
    const told = releases.map(({ version, status, description }) => `v${version} ${status} ${description}`).join("; ");
    hold(
      releases.every(({ status }) => status !== "pending"),
      `a release is pending: ${told}`,
    );
    hold(deployments(releases) === deployments(before) + 1, `not one release more: ${told}`);
    hold(current?.version === releases.at(-1)?.version, `the newest release is not the current one: ${told}`);
    const wanted = this.answers.at(-1);
    await until(async () =>
      (await this.dynos()).every(({ state, release }) => state === "up" && release.version === current?.version),
    );
    const { body } = await this.ask();
    hold(body === wanted, `the app answers "${body}", not "${wanted}"`);
    await until(async () => (await this.heroku.containers()).length === containers.length);
    const preview = await this.stack.preview();
    hold(preview.length === 0, `there is more to do: ${JSON.stringify(preview)}`);
    hold((await this.heroku.api<unknown[]>("GET", "/apps")).length === 1, "there is another app");
    return wrongs;
  }

  /** Asks the app again and again: whatever was killed, the old or the new release answers. */
  private async probe(): Promise<void> {
    for (; this.probing; await sleep(100)) {
      const startedDown = this.herokuIsDown;
      const expected = this.answers;
      const answer = await this.ask().catch((error: Error) => ({ status: 0, body: error.message }));
      if (!this.probing || startedDown || this.herokuIsDown) continue;
      if (answer.status === 200 && [...expected, ...this.answers].includes(answer.body)) continue;
      this.wrongAnswers.push(`while it was going on the app answered ${answer.status} "${answer.body.slice(0, 200)}"`);
    }
  }

  private ask = () => visit(`http://${APP}.localhost:${this.heroku.port}/`);
  private releases = () => this.heroku.api<Release[]>("GET", `/apps/${APP}/releases`);
  private dynos = () => this.heroku.api<{ state: string; release: { version: number } }[]>("GET", `/apps/${APP}/dynos`);
}

function deployments(releases: Release[]): number {
  return releases.filter(({ description, status }) => description.startsWith("Deployed") && status === "succeeded")
    .length;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await holds()); await sleep(200)) {
    if (Date.now() > end) throw new Error(`it has not come about within a minute: ${holds}`);
  }
}
