import { type BuildStep, readTrace, type StepOutput } from "./trace";

const linesKept = 20;
const shownLength = 100;

/** A step of the Dockerfile, as in `[web 2/3] RUN make`; the builder has further ones of its own. */
const ofDockerfile = /^\[(\S+ )?\d+\/\d+\] /;

/** Which of the builds that go on in this process shows a step, by the step's digest. */
const running = new Map<string, BuildLog>();

interface BuildEvent {
  id?: string;
  /** Of a trace: BuildKit's status, in protobuf and base64. Of an image: its id. */
  aux?: string | { ID?: string };
  error?: string;
}

/** Where a build's log goes. */
export interface BuildLogTarget {
  /** Shows the user which step of the Dockerfile runs. Builds that share a step run it once, and one of them shows it. */
  show(line: string): void;
  /** Whether what the steps print is shown too. */
  showsOutput: boolean;
  /** Takes every step and every line that the steps print, those of a shared step from the build that shows it. */
  keep(line: string): void;
}

/** Reads what the engine reports of a build: which steps run, what they print, why it failed, what came of it. */
export class BuildLog {
  imageId: string | undefined;
  fault: string | undefined;
  /** The step that failed, as in `RUN make`. */
  failedStep: string | undefined;
  /** The last lines that the failed step printed, unless another build shows them. */
  lastLines: readonly string[] = [];
  private readonly names = new Map<string, string>();
  private readonly printed = new Map<string, string[]>();
  private readonly shownElsewhere = new Set<string>();
  private rest = "";

  constructor(private readonly target: BuildLogTarget) {}

  take(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") this.event(JSON.parse(line));
  }

  /** The build is over: its steps may run again. */
  end(): void {
    for (const [digest, build] of running) if (build === this) running.delete(digest);
  }

  private event({ id, aux, error }: BuildEvent): void {
    if (error !== undefined) this.fault = error;
    if (id === "moby.image.id" && typeof aux === "object") this.imageId = aux.ID;
    if (id !== "moby.buildkit.trace" || typeof aux !== "string") return;
    const { steps, output } = readTrace(Buffer.from(aux, "base64"));
    for (const step of steps) this.names.set(step.digest, step.name);
    for (const step of steps) if (ofDockerfile.test(step.name)) this.show(step);
    for (const one of output) this.print(one);
    const failed = steps.find(({ error: failure }) => failure !== "");
    if (failed !== undefined) this.fail(failed);
  }

  private show({ digest, name, cached, started, completed }: BuildStep): void {
    if (cached || !started || completed) return;
    const build = running.get(digest);
    if (build !== undefined) {
      if (build !== this) this.shownElsewhere.add(digest);
      return;
    }
    running.set(digest, this);
    this.target.keep(name);
    this.target.show(name.length > shownLength ? `${name.slice(0, shownLength - 3)}...` : name);
  }

  private print({ digest, text }: StepOutput): void {
    if (this.shownElsewhere.has(digest)) return;
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    // Steps run side by side.
    const [place = ""] = /^\[.*?\] /.exec(this.names.get(digest) ?? "") ?? [];
    for (const line of lines) this.target.keep(place + line);
    if (this.target.showsOutput) lines.forEach(this.target.show);
    this.printed.set(digest, [...(this.printed.get(digest) ?? []), ...lines].slice(-linesKept));
  }

  private fail({ digest, name }: BuildStep): void {
    this.failedStep = name.replace(/^\[.*?\] /, "");
    this.lastLines = this.printed.get(digest) ?? [];
  }
}
