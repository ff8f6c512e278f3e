import { IMAGE_CHECKS, type ImageFacts, imageWarnings } from "../../../../provider/docker/preflight/image-issues";
import { SourceLines } from "../../../../provider/docker/preflight/source-lines";

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

function issues(image: Partial<ImageFacts>, dockerfile = text, limit = 1_000): string[] {
  const lines = new SourceLines(dockerfile, "labelled-web", "app/Dockerfile");
  return Object.values(IMAGE_CHECKS).flatMap((issueOf) => issueOf({ ...good, ...image }, lines, limit) ?? []);
}

describe("image checks", () => {
  it("finds none in an image that Heroku can run", () => {
    expect(issues({})).toEqual([]);
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
  ])("says what is wrong with %j, and where", (image, dockerfile, message) => {
    expect(issues(image, dockerfile)).toEqual([message]);
  });

  it.each(["$TARGETPLATFORM", "linux/amd64", "linux/x86_64", "$ANY"])("takes a base image for %s", (platform) => {
    expect(issues({}, text.replace("FROM debian", `FROM --platform=${platform} debian`))).toEqual([]);
  });

  it("takes a shell that the Dockerfile itself names for its command", () => {
    expect(issues({ command: ["sh"] }, text.replace('["bin/web"]', "sh"))).toEqual([]);
  });

  it("names the instruction that makes most of a large image", () => {
    const history = [400, 300, 500, 0, 0, 0].map((size) => ({ size: size * 1_000_000 }));
    expect(issues({ size: 1_200_000_000, history })).toEqual([
      "app/Dockerfile line 3: COPY . /app makes 500 MB of an image that must be at most 1000 MB, got 1200 MB; " +
        "make it smaller, or raise preflight.sizeLimit",
    ]);
  });

  it("names the base image where that makes most of it", () => {
    const history = [400, 400, 300, 100, 0, 0, 0].map((size) => ({ size: size * 1_000_000 }));
    expect(issues({ size: 1_200_000_000, history })).toEqual([
      "app/Dockerfile line 1: FROM debian AS app makes 800 MB of an image that must be at most 1000 MB, got 1200 MB; " +
        "make it smaller, or raise preflight.sizeLimit",
    ]);
  });

  it("finds all issues at once", () => {
    expect(issues({ platform: "linux/arm64", command: [] })).toHaveLength(2);
  });
});

describe("image warnings", () => {
  const warnings = (dockerfile: string, user: string) =>
    imageWarnings({ user }, new SourceLines(dockerfile, "web", "Dockerfile"));

  it("name each instruction that Heroku ignores", () => {
    const dockerfile =
      'FROM a AS web\nVOLUME /data\nHEALTHCHECK CMD x\nRUN y\nSTOPSIGNAL SIGINT\nSHELL ["bash"]\nFROM b AS other\nVOLUME /x\n';

    expect(warnings(dockerfile, "app")).toEqual([
      "Dockerfile line 2: VOLUME /data is ignored by Heroku",
      "Dockerfile line 3: HEALTHCHECK CMD x is ignored by Heroku",
      "Dockerfile line 5: STOPSIGNAL SIGINT is ignored by Heroku",
      'Dockerfile line 6: SHELL ["bash"] is ignored by Heroku',
    ]);
  });

  const asOther = "Heroku runs the image as another user, who can write only to /tmp and to what everybody can write";

  it.each([
    ["FROM a AS web\nUSER root:staff\n", "root:staff", `Dockerfile line 2: USER root:staff is root: ${asOther}`],
    ["FROM a AS web\n", "", `Dockerfile line 1: FROM a AS web sets no USER: ${asOther}`],
  ])("say that Heroku runs nothing as root", (dockerfile, user, warning) => {
    expect(warnings(dockerfile, user)).toEqual([warning]);
  });
});
