import { BinaryWriter } from "google-protobuf";
import { BuildLog } from "../../../../provider/docker/build/log";

interface Step {
  name: string;
  state?: "waiting" | "running" | "cached" | "done";
  error?: string;
  prints?: string;
}

const states = {
  waiting: { cached: false, started: false, completed: false },
  running: { cached: false, started: true, completed: false },
  cached: { cached: true, started: true, completed: true },
  done: { cached: false, started: true, completed: true },
};

/** A report of the engine as it comes over the wire; a step's digest is made of its name. */
function report(...steps: Step[]): string {
  const status = new BinaryWriter();
  for (const { name, state = "running", error = "", prints } of steps) {
    const digest = `sha256:${name}`;
    const { cached, started, completed } = states[state];
    const vertex = new BinaryWriter();
    vertex.writeString(1, digest);
    vertex.writeString(2, "sha256:an input");
    vertex.writeString(3, name);
    vertex.writeBool(4, cached);
    const time = Buffer.from([0x08, 0x01]);
    if (started) vertex.writeBytes(5, time);
    if (completed) vertex.writeBytes(6, time);
    vertex.writeString(7, error);
    status.writeBytes(1, vertex.getResultBuffer());
    if (prints === undefined) continue;
    const log = new BinaryWriter();
    log.writeString(1, digest);
    log.writeInt32(3, 1);
    log.writeBytes(4, Buffer.from(prints));
    status.writeBytes(3, log.getResultBuffer());
  }
  const aux = Buffer.from(status.getResultBuffer()).toString("base64");
  return `${JSON.stringify({ id: "moby.buildkit.trace", aux })}\r\n`;
}

describe("BuildLog", () => {
  const logs: BuildLog[] = [];

  afterEach(() => {
    for (const log of logs.splice(0)) log.end();
  });

  function read(showsOutput = false) {
    const shown: string[] = [];
    const kept: string[] = [];
    const log = new BuildLog({
      show: (line) => shown.push(line),
      showsOutput,
      keep: (line) => kept.push(line),
    });
    logs.push(log);
    return { log, shown, kept };
  }

  it("shows each step of the Dockerfile once, and keeps what it prints", () => {
    const { log, shown, kept } = read();
    log.take(
      report({ name: "[internal] load metadata", state: "running" }, { name: "[2/2] RUN make", state: "waiting" }),
    );
    log.take(report({ name: "[2/2] RUN make" }));
    log.take(report({ name: "[2/2] RUN make", prints: "Get:1 trixie InRelease\nGet:2 trixie\n" }));
    log.take(report({ name: "[2/2] RUN make", state: "done", prints: "made\n" }));
    log.take(report({ name: "exporting to image" }));
    expect(shown).toEqual(["[2/2] RUN make"]);
    expect(kept).toEqual(["[2/2] RUN make", "[2/2] Get:1 trixie InRelease", "[2/2] Get:2 trixie", "[2/2] made"]);
  });

  it("shows what the steps print when it is asked to", () => {
    const { log, shown } = read(true);
    log.take(report({ name: "[web 2/3] RUN make", prints: "made\n" }));
    expect(shown).toEqual(["[web 2/3] RUN make", "made"]);
  });

  it("shows nothing of what the cache holds", () => {
    const { log, shown } = read();
    log.take(report({ name: "[web 2/3] RUN make", state: "waiting" }));
    log.take(report({ name: "[web 2/3] RUN make", state: "cached" }));
    expect(shown).toEqual([]);
  });

  it("leaves a step to the build that shows it already, until that is over", () => {
    const [web, release, later] = [read(), read(), read()];
    web.log.take(report({ name: "[app 2/3] RUN make", prints: "made\n" }));
    release.log.take(report({ name: "[app 2/3] RUN make", prints: "made\n" }, { name: "[release 1/1] COPY . ." }));
    expect([web.shown, release.shown]).toEqual([["[app 2/3] RUN make"], ["[release 1/1] COPY . ."]]);
    expect(web.kept).toEqual(["[app 2/3] RUN make", "[app 2/3] made"]);
    expect(release.kept).toEqual(["[release 1/1] COPY . ."]);
    web.log.end();
    later.log.take(report({ name: "[app 2/3] RUN make" }));
    expect(later.shown).toEqual(["[app 2/3] RUN make"]);
  });

  it("names the step that failed, with its own last lines", () => {
    const { log } = read();
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`);
    log.take(report({ name: "[web 2/3] RUN make", prints: `${lines.join("\n")}\n` }, { name: "[app 1/2] RUN other" }));
    log.take(report({ name: "[app 1/2] RUN other", prints: "fine\n" }));
    log.take(report({ name: "[web 2/3] RUN make", error: "exit code: 2" }));
    log.take(`${JSON.stringify({ error: "exit code: 2" })}\r\n`);
    expect([log.failedStep, log.fault, log.lastLines]).toEqual(["RUN make", "exit code: 2", lines.slice(-20)]);
  });

  it("leaves the lines of a failed step to the build that shows it", () => {
    const [web, release] = [read(), read()];
    for (const { log } of [web, release]) log.take(report({ name: "[app 2/3] RUN make", prints: "no rule\n" }));
    for (const { log } of [web, release]) log.take(report({ name: "[app 2/3] RUN make", error: "exit code: 2" }));
    expect([web.log.failedStep, web.log.lastLines]).toEqual(["RUN make", ["no rule"]]);
    expect([release.log.failedStep, release.log.lastLines]).toEqual(["RUN make", []]);
  });

  it("reads a report that comes in pieces", () => {
    const { log, shown } = read();
    const text = report({ name: "[2/2] RUN make" }) + JSON.stringify({ id: "moby.image.id", aux: { ID: "sha256:1" } });
    for (let at = 0; at < text.length; at += 7) log.take(text.slice(at, at + 7));
    log.take("\n");
    expect([shown, log.imageId]).toEqual([["[2/2] RUN make"], "sha256:1"]);
  });

  it("shortens a long instruction", () => {
    const { log, shown } = read();
    log.take(report({ name: `[2/2] RUN ${"make ".repeat(100)}` }));
    expect(shown[0]).toHaveLength(100);
    expect(shown[0]).toMatch(/^\[2\/2\] RUN make .*\.\.\.$/);
  });
});
