import Docker from "dockerode";
import { preflight } from "../../../provider/docker/preflight";
import { DOCKERFILE, PreflightFixture } from "../support/preflight-fixture";

describe("preflight of an image", () => {
  let fixture: PreflightFixture;

  beforeEach(() => {
    fixture = new PreflightFixture();
  });
  afterEach(async () => expect(await fixture.close()).toEqual([]));

  it("passes an image that a dyno could run, and answers its id and size", async () => {
    const { imageId, sizeMb } = await preflight(fixture.order(DOCKERFILE), fixture.operation);
    const { Id } = await new Docker().getImage(imageId).inspect();
    expect([Id, sizeMb > 50, fixture.warnings]).toEqual([imageId, true, []]);
  });

  it("refuses all that is wrong with an image at once, each with its line", async () => {
    const dockerfile = "FROM debian:trixie-slim AS site\nUSER root\nVOLUME /data\nFROM site AS web\n";
    expect(await fixture.refusal(dockerfile, { sizeLimit: 10 })).toMatch(
      /^image of process type "web" is not fit for Heroku, 4 faults:\n- app\/Dockerfile line 4: FROM site AS web must have a command, got that of its base image, "bash"; add a CMD, .*\n- app\/Dockerfile line 2: USER root must not be root, got "root"; name another user, .*\n- app\/Dockerfile line 1: FROM debian:trixie-slim AS site makes \d+ MB of an image that must be at most 10 MB, got \d+ MB; make it smaller, or raise preflight.sizeLimit\n- app\/Dockerfile line 4: FROM site AS web must keep running and listen on \$PORT, got exit code 0; correct what it says$/,
    );
    expect(fixture.warnings).toEqual(["app/Dockerfile line 3: VOLUME /data is ignored by Heroku"]);
  });

  it("refuses an image for another machine", async () => {
    const dockerfile = DOCKERFILE.replace("debian:trixie-slim", "--platform=linux/arm64 scratch");
    expect(await fixture.refusal(dockerfile)).toBe(
      'image of process type "web" is not fit for Heroku:\n' +
        "- app/Dockerfile line 1: FROM --platform=linux/arm64 scratch AS site must make an image for linux/amd64, " +
        "got linux/arm64; take --platform out",
    );
  });

  it("shows a step that two images share once, and blames it in both when it fails", async () => {
    const shared = (command: string) =>
      DOCKERFILE.replace("USER", `RUN echo ${Date.now()} && sleep 2 && ${command}\nUSER`);
    const both = async (dockerfile: string) => {
      const shown: string[] = [];
      const operation = { ...fixture.operation, progress: (line: string) => void shown.push(line) };
      const outcomes = await Promise.allSettled(
        ["site", "web"].map((target) =>
          preflight(fixture.order(dockerfile, { processType: "worker", target }), operation),
        ),
      );
      const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason)] : []));
      return { refusals, steps: shown.filter((line) => line.includes("RUN")) };
    };
    expect((await both(shared("true"))).steps).toEqual([
      expect.stringMatching(/^\[site 3\/3\] RUN echo \d+ && sleep 2 && true$/),
    ]);
    const { refusals, steps } = await both(shared("false"));
    expect([refusals.length, steps.length]).toEqual([2, 1]);
    for (const refusal of refusals) expect(refusal).toContain("app/Dockerfile line 3: RUN echo");
  });

  it("names the step of the build that failed, in whichever stage, and shows what it printed", async () => {
    const dockerfile = DOCKERFILE.replace("USER", "COPY --from=made /made /\nUSER");
    const broken = `FROM debian:trixie-slim AS made\nRUN echo no such \\\n package; exit 7\n${dockerfile}`;
    expect(await fixture.refusal(broken)).toMatch(
      /^app\/Dockerfile line 2: RUN echo no such package; exit 7 cannot be built, got "executor failed running .*exit code: 7"; correct it \(the whole log is in \.local\/build\.log\)\n {4}no such package$/,
    );
  });
});
