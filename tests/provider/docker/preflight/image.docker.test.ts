import Docker from "dockerode";
import { preflight } from "../../../../provider/docker/preflight/preflight";
import { DOCKERFILE, PreflightFixture } from "../../support/preflight-fixture";

describe("preflight of an image", () => {
  let fixture: PreflightFixture;

  beforeEach(() => {
    fixture = new PreflightFixture();
  });
  afterEach(async () => expect(await fixture.close()).toEqual([]));

  it("accepts an image that a dyno could run, and returns its id and size", async () => {
    const { web } = await preflight(fixture.order(DOCKERFILE), fixture.operation);
    const { Id } = await new Docker().getImage(web?.imageId ?? "").inspect();
    expect([Id, (web?.sizeMb ?? 0) > 50, fixture.warnings]).toEqual([web?.imageId, true, []]);
  });

  it("reports all that is wrong with an image at once, each with its line", async () => {
    const dockerfile = "FROM debian:trixie-slim AS site\nUSER root\nVOLUME /data\nFROM site AS web\n";

    expect(await fixture.refusal(dockerfile, { sizeLimit: 10 })).toMatch(
      /^the app is not ready for Heroku:\n- web: app\/Dockerfile line 4: FROM site AS web must have a command, got that of its base image, "bash"; add a CMD, .*\n- web: app\/Dockerfile line 1: FROM debian:trixie-slim AS site makes \d+ MB of an image that must be at most 10 MB, got \d+ MB; make it smaller, or raise preflight.sizeLimit\n- web: app\/Dockerfile line 4: FROM site AS web must keep running and listen on \$PORT, got exit code 0; correct what it reports\nto release all the same: preflight.skip: \[command, size, boot\]$/,
    );
    expect(fixture.warnings).toEqual([
      "app/Dockerfile line 3: VOLUME /data is ignored by Heroku",
      "app/Dockerfile line 2: USER root is root: Heroku runs the image as another user, who can write only to /tmp and to what everybody can write",
    ]);
  });

  it("refuses an image for another architecture", async () => {
    const dockerfile = DOCKERFILE.replace("debian:trixie-slim", "--platform=linux/arm64 scratch");

    expect(await fixture.refusal(dockerfile)).toBe(
      "the app is not ready for Heroku:\n" +
        "- web: app/Dockerfile line 1: FROM --platform=linux/arm64 scratch AS site must make an image for linux/amd64, " +
        "got linux/arm64; take --platform out\nto release all the same: preflight.skip: [platform]",
    );
  });

  it("reports a step that several images share once", async () => {
    const dockerfile = DOCKERFILE.replace("USER", `RUN echo ${Date.now()}\nUSER`);
    const shown: string[] = [];
    const operation = { ...fixture.operation, progress: (line: string) => void shown.push(line) };

    await preflight(fixture.order(dockerfile, {}, { web: undefined, other: "web" }), operation);

    expect(shown.filter((line) => line.includes("RUN"))).toEqual([
      expect.stringMatching(/^\[site 3\/3\] RUN echo \d+$/),
    ]);
  });

  it("names the step of the build that failed, in whichever stage, and shows what it printed", async () => {
    const dockerfile = DOCKERFILE.replace("USER", "COPY --from=made /made /\nUSER");
    const broken = `FROM debian:trixie-slim AS made\nRUN echo no such \\\n package; exit 7\n${dockerfile}`;
    expect(await fixture.refusal(broken)).toMatch(
      /^app\/Dockerfile line 2: RUN echo no such package; exit 7 cannot be built, got "executor failed running .*exit code: 7"; correct it \(the whole log is in \.local\/build\.log\)\n {4}no such package$/,
    );
  });
});
