import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock";
import type { Engine } from "../docker/engine";
import { endpointOf, type Reach } from "../docker/reach";
import type { DynoRecord, DynoState, LogLine, Logs } from "../machines";
import { ContainerRun, type Exit } from "./container-run";
import { containerSpec, type DynoPlan } from "./dyno-plan";
import type { ImageSource } from "./image-source";
import type { DynoLimits } from "./limits";
import { listens } from "./port-probe";
import { withPort } from "./process-command";

/** What dynos are run with. */
export interface DynoTools {
  engine: Engine;
  images: ImageSource;
  logs: Logs;
  clock: Clock;
  limits: DynoLimits;
  reach: Reach;
  /** Full name of the network of dynos and data services. */
  network: string;
  /** How long preboot lasts in milliseconds; with 0, until the new dynos are up. */
  prebootMs: () => number;
}

/** One dyno of a formation: a container from its start to its end. A restart makes a new dyno with the same name. */
export class Dyno {
  state: DynoState = "starting";
  /** Where its web process listens while it is up. */
  endpoint: { host: string; port: number } | undefined;
  private updatedAt: string;
  private run: ContainerRun | undefined;
  private ending: Promise<void> | undefined;
  private upSince = 0;

  /** `changed` is called with every new state; `crashed` is the last one. */
  constructor(
    readonly plan: DynoPlan,
    private readonly tools: DynoTools,
    private readonly changed: (dyno: Dyno) => void,
  ) {
    this.updatedAt = plan.createdAt;
  }

  /** Starts the container; resolves when it runs or has failed to start. */
  async start(configVars: Readonly<Record<string, string>>): Promise<void> {
    const { engine, images, network, reach } = this.tools;
    const { appId, type, imageId } = this.plan;
    const { command, port } = this.plan;
    this.log("heroku", `Starting process with command \`${withPort(command, port)}\``);
    try {
      const image = await images.get(appId, type, imageId);
      if (this.ending) return;
      const spec = containerSpec(this.plan, { image, configVars, network, reach });
      this.follow(await ContainerRun.start(engine, spec, (line) => this.log("app", line)));
    } catch (error) {
      this.log("app", error instanceof Error ? error.message : String(error));
      this.crash({ code: 126, outOfMemory: false });
    }
  }

  /** Takes over the running container of an earlier process. */
  async adopt(containerId: string): Promise<void> {
    const since = Math.floor(Date.now() / 1_000);
    this.follow(await ContainerRun.follow(this.tools.engine, containerId, (line) => this.log("app", line), since));
  }

  /** Stops the dyno as Heroku does: SIGTERM, then SIGKILL. Resolves when its container is removed. */
  stop(): Promise<void> {
    this.ending ??= this.end();
    return this.ending;
  }

  /** Its container while it is up. */
  get containerId(): string | undefined {
    return this.state === "up" ? this.run?.id : undefined;
  }

  /** How long it has been up, in seconds. */
  get upSeconds(): number {
    return this.upSince === 0 ? 0 : (this.tools.clock.now() - this.upSince) / 1_000;
  }

  get record(): DynoRecord {
    const { id, appId, name, type, command, size, releaseId, releaseVersion, createdAt } = this.plan;
    const release = { releaseId, releaseVersion };
    const { state, updatedAt } = this;
    return { id, appId, name, type, command, size, state, ...release, attachUrl: null, createdAt, updatedAt };
  }

  log(source: LogLine["source"], message: string): void {
    this.tools.logs.append(this.plan.appId, { source, dyno: this.plan.name, message });
  }

  private follow(run: ContainerRun): void {
    this.run = run;
    if (this.ending) {
      void run.kill().then(() => run.remove());
      return;
    }
    void run.exited.then((exit) => {
      if (!this.ending) this.crash(exit);
    });
    if (this.plan.port === null) this.become("up");
    else void this.waitForPort(run, this.plan.port).catch(() => {});
  }

  private async waitForPort(run: ContainerRun, port: number): Promise<void> {
    const { reach, limits } = this.tools;
    const end = Date.now() + limits.boot * 1_000;
    const endpoint = endpointOf(await run.inspect(), reach, port);
    for (let pause = 25; this.state === "starting" && !this.ending; pause = Math.min(pause * 1.3, 250)) {
      if (endpoint && (await listens(endpoint, reach === "published"))) {
        if (this.state !== "starting" || this.ending) return;
        this.endpoint = endpoint;
        this.become("up");
        return;
      }
      if (Date.now() > end) {
        const seconds = `${limits.boot} seconds`;
        this.log(
          "heroku",
          `Error R10 (Boot timeout) -> Web process failed to bind to $PORT within ${seconds} of launch`,
        );
        this.log("heroku", "Stopping process with SIGKILL");
        await run.kill();
        return;
      }
      await sleep(pause);
    }
  }

  private crash(exit: Exit): void {
    if (exit.outOfMemory) {
      this.log("heroku", "Error R15 (Memory quota vastly exceeded)");
      this.log("heroku", "Stopping process with SIGKILL");
    }
    this.log("heroku", `Process exited with status ${exit.code}`);
    void this.run?.remove().catch(() => {});
    this.become("crashed");
  }

  private async end(): Promise<void> {
    const served = this.endpoint !== undefined;
    this.endpoint = undefined;
    const { run } = this;
    if (!run || this.state === "crashed") return;
    if (served) await sleep(this.tools.limits.drain * 1_000);
    this.log("heroku", "Stopping all processes with SIGTERM");
    const exit = await run.stop(this.tools.limits.exit, () => {
      const seconds = `${this.tools.limits.exit} seconds`;
      this.log(
        "heroku",
        `Error R12 (Exit timeout) -> At least one process failed to exit within ${seconds} of SIGTERM`,
      );
      this.log("heroku", "Stopping remaining processes with SIGKILL");
    });
    this.log("heroku", `Process exited with status ${exit.code}`);
    await run.remove();
    this.become("down");
  }

  private become(state: DynoState): void {
    if (state !== "up") this.endpoint = undefined;
    else this.upSince = this.tools.clock.now();
    this.log("heroku", `State changed from ${this.state} to ${state}`);
    this.state = state;
    this.updatedAt = this.tools.clock.timestamp();
    this.changed(this);
  }
}
