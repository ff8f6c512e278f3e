import { isLabelText, targetsOf, withLabels } from "../../../components/image-build/dockerfile";
import { parseDockerfile } from "../../../images/dockerfile";

describe("targetsOf", () => {
  it("lists the named stages in order", () => {
    const dockerfile = "FROM a AS base\nRUN x\nfrom --platform=linux/amd64 base as web\nFROM b\n";
    expect(targetsOf(dockerfile)).toEqual(["base", "web"]);
  });
});

describe("withLabels", () => {
  const labels = { "org.opencontainers.image.revision": "1f0c", "skechwime.migrations": "boards.0001_initial" };
  const line = 'LABEL org.opencontainers.image.revision="1f0c" skechwime.migrations="boards.0001_initial"';

  it("appends a labelled stage for each stage and keeps the lines in place", () => {
    const text = "FROM a AS base\nRUN x\nFROM base AS web\n";
    expect(withLabels(text, labels, "web")).toEqual({
      text: `${text}\nFROM base AS labelled-base\n${line}\nFROM web AS labelled-web\n${line}\n`,
      target: "labelled-web",
    });
  });

  it.each([
    ["FROM a AS base\nfrom base as web", "FROM a AS base\nfrom base as web", "labelled-web"],
    ["FROM a AS base\nFROM b  \nRUN x\n", "FROM a AS base\nFROM b AS last-stage  \nRUN x", "labelled-last-stage"],
  ])("builds the last stage of %j when no target is given", (text, kept, target) => {
    const labelled = withLabels(text, labels, undefined);
    expect(labelled.target).toBe(target);
    expect(labelled.text.startsWith(`${kept}\n\nFROM base AS labelled-base\n`)).toBe(true);
  });

  it.each([
    [
      'FROM a\nRUN echo "hello \\\nfrom us" > /banner\n',
      'FROM a AS last-stage\nRUN echo "hello \\\nfrom us" > /banner',
    ],
    ["FROM a\nRUN <<EOF\nfrom users as u\nEOF\n", "FROM a AS last-stage\nRUN <<EOF\nfrom users as u\nEOF"],
    ["FROM \\\r\n  # why\r\n a\r\nCMD x\r\n", "FROM \\\r\n  # why\r\n a AS last-stage\r\nCMD x"],
    ["\uFEFFFROM a\nCMD x \\\n", "\uFEFFFROM a AS last-stage\nCMD x"],
    ["ARG V=1\nFROM a:$V", "ARG V=1\nFROM a:$V AS last-stage"],
  ])("names the last stage of %j and changes nothing else", (text, kept) => {
    const labelled = withLabels(text, labels, undefined);
    expect(labelled).toEqual({
      text: `${kept}\n\nFROM last-stage AS labelled-last-stage\n${line}\n`,
      target: "labelled-last-stage",
    });
  });

  it("gives the last stage an unused name", () => {
    const labelled = withLabels("FROM a AS Last-Stage\nFROM b", labels, undefined);
    expect(labelled.target).toBe("labelled-last-stage-");
    expect(targetsOf(labelled.text)).toEqual([
      "Last-Stage",
      "last-stage-",
      "labelled-last-stage",
      "labelled-last-stage-",
    ]);
  });

  it("appends one stage for a name that two stages share", () => {
    const { text } = withLabels("FROM a AS web\nFROM b AS WEB\n", labels, "Web");
    expect(targetsOf(text)).toEqual(["web", "WEB", "labelled-web"]);
  });

  it("splits labels into lines that a Dockerfile allows", () => {
    const long = { a: "1".repeat(40_000), b: "2".repeat(40_000), c: "3" };
    const [, stage] = parseDockerfile(withLabels("FROM x AS web", long, "web").text);
    expect(stage?.instructions.map(({ text }) => text.replace(/(.)\1+/g, "$1"))).toEqual([
      'LABEL a="1"',
      'LABEL b="2" c="3"',
    ]);
  });

  it("does not change a file for another frontend", () => {
    const text = "# syntax=example.com/packs\n[packages]\nruntime = 1\n";
    expect(withLabels(text, labels, undefined).text).toBe(text);
  });

  it("changes nothing without labels", () => {
    expect(withLabels("FROM a", {}, undefined)).toEqual({ text: "FROM a", target: undefined });
  });
});

describe("isLabelText", () => {
  it.each(["https://git.example.com/us/app", "boards.0001_initial,boards.0002_x", ""])("accepts %j", (text) => {
    expect(isLabelText(text)).toBe(true);
  });

  it.each(['a"b', "a$HOME", "a\\b", "a\nb"])("rejects %j, which a Dockerfile would interpret", (text) => {
    expect(isLabelText(text)).toBe(false);
  });
});
