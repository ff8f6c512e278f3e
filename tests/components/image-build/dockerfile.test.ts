import { isLabelText, targetsOf, withStages } from "../../../components/image-build/dockerfile";
import { parseDockerfile } from "../../../images/dockerfile";

describe("targetsOf", () => {
  it("lists the named stages in order", () => {
    const dockerfile = "FROM a AS base\nRUN x\nfrom --platform=linux/amd64 base as web\nFROM b\n";
    expect(targetsOf(dockerfile)).toEqual(["base", "web"]);
  });
});

describe("withStages", () => {
  const labels = { "org.opencontainers.image.revision": "1f0c", "skechwime.migrations": "boards.0001_initial" };
  const line = 'LABEL org.opencontainers.image.revision="1f0c" skechwime.migrations="boards.0001_initial"';

  it("appends a labelled stage for each stage and keeps the lines in place", () => {
    const text = "FROM a AS base\nRUN x\nFROM base AS web\n";
    const stages = withStages(text, labels, { web: { target: "web" }, release: { target: "base" } });
    expect(stages.text).toBe(`${text}\nFROM base AS labelled-base\n${line}\nFROM web AS labelled-web\n${line}\n`);
    expect(["web", "release"].map(stages.targetOf)).toEqual(["labelled-web", "labelled-base"]);
  });

  it.each([
    ["FROM a AS base\nfrom base as web", "FROM a AS base\nfrom base as web", "labelled-web"],
    ["FROM a AS base\nFROM b  \nRUN x\n", "FROM a AS base\nFROM b AS last-stage  \nRUN x", "labelled-last-stage"],
  ])("builds the last stage of %j when no target is given", (text, kept, target) => {
    const labelled = withStages(text, labels, { web: {} });
    expect(labelled.targetOf("web")).toBe(target);
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
    const labelled = withStages(text, labels, { web: {} });
    expect(labelled.text).toBe(`${kept}\n\nFROM last-stage AS labelled-last-stage\n${line}\n`);
    expect(labelled.targetOf("web")).toBe("labelled-last-stage");
  });

  it("takes a name for the last stage that no other has", () => {
    const labelled = withStages("FROM a AS Last-Stage\nFROM b", labels, { web: {} });
    expect(labelled.targetOf("web")).toBe("labelled-last-stage-");
    expect(targetsOf(labelled.text)).toEqual([
      "Last-Stage",
      "last-stage-",
      "labelled-last-stage",
      "labelled-last-stage-",
    ]);
  });

  it("adds one stage for a name that two stages have", () => {
    const { text, targetOf } = withStages("FROM a AS web\nFROM b AS WEB\n", labels, { web: { target: "Web" } });
    expect(targetOf("web")).toBe("labelled-web");
    expect(targetsOf(text)).toEqual(["web", "WEB", "labelled-web"]);
  });

  it("splits labels into lines that a Dockerfile allows", () => {
    const long = { a: "1".repeat(40_000), b: "2".repeat(40_000), c: "3" };
    const [, stage] = parseDockerfile(withStages("FROM x AS web", long, { web: { target: "web" } }).text);
    expect(stage?.instructions.map(({ text }) => text.replace(/(.)\1+/g, "$1"))).toEqual([
      'LABEL a="1"',
      'LABEL b="2" c="3"',
    ]);
  });

  it("does not change a file for another frontend", () => {
    const text = "# syntax=example.com/packs\n[packages]\nruntime = 1\n";
    expect(withStages(text, labels, { web: { command: "run" } }).text).toBe(text);
  });

  it("changes nothing when there is nothing to say", () => {
    const { text, targetOf } = withStages("FROM a AS one\nFROM b", {}, { web: {}, release: { target: "one" } });
    expect(text).toBe("FROM a AS one\nFROM b");
    expect(["web", "release"].map(targetOf)).toEqual([undefined, "one"]);
  });

  it("gives each process type with a command a stage on the labelled one, and shares that with the others", () => {
    const types = {
      web: {},
      worker: { command: "celery -A shop worker" },
      release: { target: "Base", command: "./migrate" },
    };
    const { text, targetOf } = withStages("FROM a AS Base\nFROM base AS app\n", labels, types);
    expect(text).toBe(
      `FROM a AS Base\nFROM base AS app\n\nFROM base AS labelled-base\n${line}\nFROM app AS labelled-app\n${line}\n` +
        'FROM labelled-app AS command-worker\nCMD ["/bin/sh","-c","celery -A shop worker"]\n' +
        'FROM labelled-base AS command-release\nCMD ["/bin/sh","-c","./migrate"]\n',
    );
    expect(["web", "worker", "release"].map(targetOf)).toEqual(["labelled-app", "command-worker", "command-release"]);
  });

  it("adds commands where there are no labels", () => {
    const types = { web: {}, worker: { command: "work" }, Clock: { target: "One", command: "tick" } };
    const { text, targetOf } = withStages("FROM a AS One\nFROM b", {}, types);
    expect(text).toBe(
      'FROM a AS One\nFROM b AS last-stage\n\nFROM last-stage AS command-worker\nCMD ["/bin/sh","-c","work"]\n' +
        'FROM one AS command-clock\nCMD ["/bin/sh","-c","tick"]\n',
    );
    expect(["web", "worker", "Clock"].map(targetOf)).toEqual(["last-stage", "command-worker", "command-clock"]);
  });

  it.each(['echo "hello"', "echo $HOME 'x'", "a \\", "one\ntwo", 'printf "\\n"', "# no comment", "echo `date`, ü"])(
    "quotes the command %j, so that the shell gets it unchanged",
    (command) => {
      for (const directive of ["", "# escape=`\n"]) {
        const { text } = withStages(`${directive}FROM a\n`, {}, { web: { command } });
        const [cmd] = parseDockerfile(text).at(-1)?.instructions ?? [];
        expect(cmd?.name).toBe("CMD");
        expect(JSON.parse(cmd?.text.replace(/^CMD /, "") ?? "")).toEqual(["/bin/sh", "-c", command]);
      }
    },
  );

  it("takes a command into a stage whose last line goes on", () => {
    const { text } = withStages("FROM a\nCMD x \\\n", {}, { web: { command: "y" } });
    expect(text).toBe('FROM a AS last-stage\nCMD x\n\nFROM last-stage AS command-web\nCMD ["/bin/sh","-c","y"]\n');
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
