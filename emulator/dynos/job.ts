import type { DynoRecord, DynoState } from "../machines";
import { ContainerRun, type Exit } from "./container-run";
import type { DynoTools } from "./dyno";
import { containerSpec, type DynoPlan } from "./dyno-plan";

/** Exit code of a command that could not be started, as in shells. */
const CANNOT_START = 126;

/** A dyno that runs one command until it ends: a one-off dyno or a release phase. */
export class Job {
  private state: DynoState = "starting";
  private updatedAt: string;
  private run: ContainerRun | undefined;
  private stopped = false;

  constructor(
    readonly plan: DynoPlan,
    private readonly tools: DynoTools,
    /** Receives each line of its output, which also goes to the app's log. */
    private readonly write: (line: string) => void = () => {},
  ) {
    this.updatedAt = plan.createdAt;
  }

  /** Runs the command and returns its exit code. */
  async execute(configVars: Readonly<Record<string, string>>): Promise<number> {
    const { engine, images, network, reach } = this.tools;
    const { appId, type, imageId } = this.plan;
    this.log("heroku", `Starting process with command \`${this.plan.command}\``);
    try {
      const image = await images.get(appId, type, imageId);
      const spec = containerSpec(this.plan, { image, configVars, network, reach });
      this.run = await ContainerRun.start(engine, spec, (line) => this.line(line));
    } catch (error) {
      this.line(error instanceof Error ? error.message : String(error));
      return this.finish({ code: CANNOT_START, outOfMemory: false });
    }
    return this.untilEnd(this.run);
  }

  /** Takes over the container of an earlier process, with all of its output. */
  async resume(containerId: string): Promise<number> {
    this.run = await ContainerRun.follow(this.tools.engine, containerId, (line) => this.line(line), 0);
    return this.untilEnd(this.run);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    const exit = await this.run?.stop(this.tools.limits.exit, () => {
      this.log("heroku", "Stopping remaining processes with SIGKILL");
    });
    if (exit) await this.run?.remove();
  }

  get wasStopped(): boolean {
    return this.stopped;
  }

  get record(): DynoRecord {
    const { id, appId, name, type, command, size, releaseId, releaseVersion, createdAt } = this.plan;
    const { state, updatedAt } = this;
    const release = { releaseId, releaseVersion };
    const shownType = this.plan.role === "one-off" ? "run" : type;
    return {
      id,
      appId,
      name,
      type: shownType,
      command,
      size,
      state,
      ...release,
      attachUrl: null,
      createdAt,
      updatedAt,
    };
  }

  private async untilEnd(run: ContainerRun): Promise<number> {
    this.become("up");
    if (this.stopped) await run.kill();
    const code = this.finish(await run.exited);
    await run.remove();
    return code;
  }

  private finish(exit: Exit): number {
    if (exit.outOfMemory) this.log("heroku", "Error R15 (Memory quota vastly exceeded)");
    this.log("heroku", `Process exited with status ${exit.code}`);
    this.log("heroku", `State changed from ${this.state} to complete`);
    return exit.code;
  }

  private line(text: string): void {
    this.log("app", text);
    this.write(`${text}\n`);
  }

  private become(state: DynoState): void {
    this.log("heroku", `State changed from ${this.state} to ${state}`);
    this.state = state;
    this.updatedAt = this.tools.clock.timestamp();
  }

  private log(source: "app" | "heroku", message: string): void {
    this.tools.logs.append(this.plan.appId, { source, dyno: this.plan.name, message });
  }
}
