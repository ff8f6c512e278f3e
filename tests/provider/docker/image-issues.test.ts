import { type ImageFacts, ignoredInstructions, imageFaults } from "../../../provider/docker/image-issues";
import { SourceLines } from "../../../provider/docker/source-lines";

const text = `FROM debian AS app
RUN apt-get update
COPY . /app
USER 10001:10001
FROM app AS web
CMD ["bin/web"]
FROM web AS labelled-web
LABEL a="b"
`;
const good: ImageFacts = {
  platform: "linux/amd64",
  builder: "linux/arm64",
  command: ["bin/web"],
  user: "10001:10001",
  size: 90_000_000,
  history: [],
};

function faults(image: Partial<ImageFacts>, dockerfile = text, limit = 1_000): string[] {
  return imageFaults({ ...good, ...image }, new SourceLines(dockerfile, "labelled-web", "app/Dockerfile"), limit);
}

describe("imageFaults", () => {
  it("finds none in an image that Heroku can run", () => {
    expect(faults({})).toEqual([]);
  });

  it.each([
    [
      { platform: "linux/amd64" },
      text.replace("FROM debian", "FROM --platform=$BUILDPLATFORM debian"),
      "app/Dockerfile line 1: FROM --platform=$BUILDPLATFORM debian AS app must make an image for linux/amd64, " +
        "got linux/arm64; take --platform out",
    ],
    [
      {},
      text.replace("FROM debian", "FROM --platform=linux/arm64 debian"),
      "app/Dockerfile line 1: FROM --platform=linux/arm64 debian AS app must make an image for linux/amd64, " +
        "got linux/arm64; take --platform out",
    ],
    [
      { platform: "linux/arm64" },
      text,
      "app/Dockerfile line 1: FROM debian AS app must make an image for linux/amd64, got linux/arm64; " +
        "choose a base image that comes for linux/amd64",
    ],
    [
      { command: [] },
      text.replace("CMD", "#"),
      "app/Dockerfile line 5: FROM app AS web must have a command, got neither CMD nor ENTRYPOINT; " +
        'add a CMD, e.g. CMD ["sh", "bin/start"]',
    ],
    [
      { command: ["/bin/bash"] },
      text.replace("CMD", "#"),
      'app/Dockerfile line 5: FROM app AS web must have a command, got that of its base image, "/bin/bash"; ' +
        'add a CMD, e.g. CMD ["sh", "bin/start"]',
    ],
    [
      { user: "root:staff" },
      text.replace("10001:10001", "root:staff"),
      'app/Dockerfile line 4: USER root:staff must not be root, got "root:staff"; ' +
        "name another user, e.g. USER 10001:10001, since Heroku runs nothing as root",
    ],
    [
      { user: "" },
      text.replace("USER", "#"),
      "app/Dockerfile line 5: FROM app AS web must not run as root, got no USER; " +
        "name another user, e.g. USER 10001:10001, since Heroku runs nothing as root",
    ],
  ])("says what is wrong with %j, and where", (image, dockerfile, message) => {
    expect(faults(image, dockerfile)).toEqual([message]);
  });

  it.each(["$TARGETPLATFORM", "linux/amd64", "linux/x86_64", "$ANY"])("takes a base image for %s", (platform) => {
    expect(faults({}, text.replace("FROM debian", `FROM --platform=${platform} debian`))).toEqual([]);
  });

  it("takes a shell that the Dockerfile itself names for its command", () => {
    expect(faults({ command: ["sh"] }, text.replace('["bin/web"]', "sh"))).toEqual([]);
  });

  it("names the instruction that makes most of a large image", () => {
    const history = [400, 300, 500, 0, 0, 0].map((size) => ({ size: size * 1_000_000 }));
    expect(faults({ size: 1_200_000_000, history })).toEqual([
      "app/Dockerfile line 3: COPY . /app makes 500 MB of an image that must be at most 1000 MB, got 1200 MB; " +
        "make it smaller, or raise preflight.sizeLimit",
    ]);
  });

  it("names the base image where that makes most of it", () => {
    const history = [400, 400, 300, 100, 0, 0, 0].map((size) => ({ size: size * 1_000_000 }));
    expect(faults({ size: 1_200_000_000, history })).toEqual([
      "app/Dockerfile line 1: FROM debian AS app makes 800 MB of an image that must be at most 1000 MB, got 1200 MB; " +
        "make it smaller, or raise preflight.sizeLimit",
    ]);
  });

  it("tells of all faults at once", () => {
    expect(faults({ platform: "linux/arm64", command: [], user: "0" })).toHaveLength(3);
  });
});

describe("ignoredInstructions", () => {
  it("are named with their lines", () => {
    const dockerfile =
      'FROM a\nVOLUME /data\nHEALTHCHECK CMD x\nRUN y\nSTOPSIGNAL SIGINT\nSHELL ["bash"]\nFROM b AS other\n';
    const lines = new SourceLines(`${dockerfile}VOLUME /x\n`.replace("FROM a", "FROM a AS web"), "web", "Dockerfile");
    expect(ignoredInstructions(lines)).toEqual([
      "Dockerfile line 2: VOLUME /data is ignored by Heroku",
      "Dockerfile line 3: HEALTHCHECK CMD x is ignored by Heroku",
      "Dockerfile line 5: STOPSIGNAL SIGINT is ignored by Heroku",
      'Dockerfile line 6: SHELL ["bash"] is ignored by Heroku',
    ]);
  });
});
