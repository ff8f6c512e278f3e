import { DockerfileParser } from "dockerfile-ast";
import { withStages } from "../../components/image-build/dockerfile";
import { isAppended, parseDockerfile, stageChain } from "../../images/dockerfile";

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

  it("supports another escape character", () => {
    const [stage] = parseDockerfile("# escape=`\nFROM base\nRUN a `\n b\\\nCMD c\n");
    expect(stage?.instructions.map(({ text }) => text)).toEqual(["RUN a b\\", "CMD c"]);
  });

  /** What lies between the two stages holds a line that begins with FROM and is no instruction. */
  const between = {
    "a continued line": 'RUN echo "hello \\\nfrom us" > /banner',
    "a continued line before an empty one": "RUN echo \\\n\nfrom us",
    "a comment inside an instruction": "RUN a \\\n  # FROM nothing\n && b",
    "white space after the sign of continuation": "RUN echo \\ \t\nfrom us",
    "a heredoc": "RUN python3 <<EOF\nfrom tomllib import loads\nEOF",
    "a heredoc in lower case": "run python3 <<EOF\nfrom tomllib import loads\nEOF",
    "a heredoc whose end is indented": "RUN cat <<-EOF\n\tFROM nothing\n\t\tEOF",
    "a heredoc in double quotes": 'RUN <<"EOF"\nfrom users as u\nEOF',
    "a heredoc in single quotes": "RUN <<'END-OF.x'\nfrom users as u\nEND-OF.x",
    "several heredocs": "COPY <<one <<two /x/\nfrom q\none\nfrom r\ntwo",
    "a heredoc after a flag": 'COPY --chmod=755 <<"EOF" /x\nfrom q\nEOF',
    "a heredoc after a mount": "RUN --mount=type=cache,target=/x <<EOF bash\nfrom q\nEOF",
    "a heredoc begun on a continued line": "RUN set -e \\\n && cat <<EOF\nfrom q\nEOF",
    "a heredoc whose text ends like a continued line": "RUN <<EOF\nfrom q \\\nEOF",
    "a heredoc with its end inside a longer line": "RUN <<EOF\n  EOF\nfrom q\nEOF",
    "a heredoc of a trigger": "ONBUILD RUN <<EOF\nfrom q\nEOF",
  };

  it.each(Object.entries(between))("finds no stage in %s, like dockerfile-ast", (_name, instruction) => {
    for (const newline of ["\n", "\r\n"]) {
      const dockerfile = `FROM a AS one\n${instruction}\nFROM b AS two`.replaceAll("\n", newline);
      expect(parseDockerfile(dockerfile).map(({ name, from }) => [name, from.line])).toEqual([
        ["one", 1],
        ["two", 2 + instruction.split("\n").length],
      ]);
      expect(stagesByDockerfileAst(dockerfile)).toEqual(["one", "two"]);
    }
  });

  it.each([
    ["shifted bits", "RUN echo $((1<<2)) $(( 1 << 2 ))"],
    ["a here string", "RUN cat <<<EOF"],
    ["a list of words", 'RUN ["sh", "-c", "cat <<EOF"]'],
    ["quotes", `RUN echo "cat <<EOF" 'cat <<EOF'`],
    ["another instruction", "CMD cat <<EOF"],
    ["an escaped sign of continuation", "RUN echo \\\\"],
  ])("does not take %s for a heredoc or a continued line", (_name, instruction) => {
    const stages = parseDockerfile(`FROM a AS one\n${instruction}\nFROM b AS two\n`);
    expect(stages.map(({ name }) => name)).toEqual(["one", "two"]);
  });

  it("supports a heredoc for another file descriptor", () => {
    const stages = parseDockerfile("FROM a\nRUN cat 3<<EOF /dev/fd/3\nfrom x\nEOF\nFROM b AS two\n");
    expect(stages.map(({ name }) => name)).toEqual([undefined, "two"]);
  });

  it.each([
    ["# syntax=docker/dockerfile:1\n# escape=`\n", "`"],
    ["#  Escape = `\n", "`"],
    ["\uFEFF# syntax=docker/dockerfile:1\n# escape=`\n", "`"],
    ["# a comment\n# escape=`\n", "\\"],
    ["\n# escape=`\n", "\\"],
  ])("reads the directives %j", (directives, sign) => {
    const dockerfile = `${directives}ARG V=1\nFROM a:$V AS one\nRUN x ${sign}\nfrom y\nFROM one AS two`;
    expect(parseDockerfile(dockerfile).map(({ name, base }) => [name, base])).toEqual([
      ["one", "a:$V"],
      ["two", "one"],
    ]);
    expect(stagesByDockerfileAst(dockerfile)).toEqual(["one", "two"]);
  });

  it("returns where an instruction ends", () => {
    const dockerfile = "\uFEFFFROM a \\\n # comment\n AS one  \r\nRUN <<EOF\nx\nEOF\n\n# end\n";
    const [stage] = parseDockerfile(dockerfile);
    expect(dockerfile.slice(0, stage?.from.end)).toMatch(/ AS one$/);
    expect(dockerfile.slice(0, stage?.instructions[0]?.end)).toMatch(/\nx\nEOF$/);
  });
});

function stagesByDockerfileAst(text: string): (string | null)[] {
  return DockerfileParser.parse(text)
    .getFROMs()
    .map((from) => from.getBuildStage());
}

describe("stageChain", () => {
  const names = (target?: string) => stageChain(parseDockerfile(text), target).map(({ name }) => name);

  it("goes from the target to the stage that is built from an image", () => {
    expect(names("web")).toEqual(["web", "app", "base"]);
    expect(names("other")).toEqual(["other"]);
    expect(names()).toEqual(["labelled-web", "web", "app", "base"]);
  });

  it("does not mistake a later stage of the same name for the base", () => {
    const stages = parseDockerfile("FROM web AS web\nRUN x\n");
    expect(stageChain(stages, "web")).toHaveLength(1);
  });
});

describe("isAppended", () => {
  const appended = (dockerfile: string) =>
    parseDockerfile(dockerfile)
      .filter(isAppended)
      .map(({ name }) => name);

  it("is true only of the stages that add labels or a command", () => {
    expect(appended(text)).toEqual(["labelled-web"]);
    const types = { web: {}, worker: { command: "celery worker" } };
    expect(appended(withStages("FROM a AS app\nCMD run\n", { revision: "1f0c" }, types).text)).toEqual([
      "labelled-app",
      "command-worker",
    ]);
  });

  it.each([
    "FROM a AS web\nLABEL a=b",
    "FROM a AS app\nCMD run",
    "FROM a AS labelled-web\nCMD run",
    "FROM a AS command-web\nLABEL a=b",
    "FROM a AS labelled-web\nLABEL a=b\nRUN x",
    "FROM a AS command-web\nENV a=b\nCMD run",
    "FROM a AS command-web",
  ])("is false of the user's own stage in %j", (dockerfile) => {
    expect(appended(dockerfile)).toEqual([]);
  });
});
