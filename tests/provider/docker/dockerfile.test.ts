import { onlyLabels, parseDockerfile, stageChain } from "../../../provider/docker/dockerfile";

const text = `# syntax=docker/dockerfile:1
FROM --platform=linux/amd64 debian AS base
RUN apt-get update \\
 # a comment
 && apt-get install x

FROM base as app
RUN <<END
FROM nothing
END
copy . /app
FROM scratch AS other
FROM App AS web
CMD ["sh"]
FROM web AS labelled-web
LABEL a="b"
`;

describe("parseDockerfile", () => {
  it("finds stages and instructions with their lines", () => {
    expect(
      parseDockerfile(text).map(({ name, base, from, instructions }) => [
        [name, base, from.line],
        instructions.map((one) => [one.line, one.name, one.text]),
      ]),
    ).toEqual([
      [["base", "debian", 2], [[3, "RUN", "RUN apt-get update && apt-get install x"]]],
      [
        ["app", "base", 7],
        [
          [8, "RUN", "RUN <<END"],
          [11, "COPY", "copy . /app"],
        ],
      ],
      [["other", "scratch", 12], []],
      [["web", "App", 13], [[14, "CMD", 'CMD ["sh"]']]],
      [["labelled-web", "web", 15], [[16, "LABEL", 'LABEL a="b"']]],
    ]);
  });

  it("knows another sign of continuation", () => {
    const [stage] = parseDockerfile("# escape=`\nFROM base\nRUN a `\n b\\\nCMD c\n");
    expect(stage?.instructions.map(({ text }) => text)).toEqual(["RUN a b\\", "CMD c"]);
  });
});

describe("stageChain", () => {
  const names = (target?: string) => stageChain(parseDockerfile(text), target).map(({ name }) => name);

  it("leads from the target down to the stage that is built from an image", () => {
    expect(names("web")).toEqual(["web", "app", "base"]);
    expect(names("other")).toEqual(["other"]);
    expect(names()).toEqual(["labelled-web", "web", "app", "base"]);
  });

  it("does not take a later stage of the same name for the base", () => {
    const stages = parseDockerfile("FROM web AS web\nRUN x\n");
    expect(stageChain(stages, "web")).toHaveLength(1);
  });
});

describe("onlyLabels", () => {
  it("is true of the appended stage alone", () => {
    expect(
      parseDockerfile(text)
        .filter(onlyLabels)
        .map(({ name }) => name),
    ).toEqual(["labelled-web"]);
  });
});
