import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dockerfileTargets, isLabelText, withLabels } from "../../../components/image-build/dockerfile";

describe("dockerfileTargets", () => {
  it("lists the named stages in order", () => {
    const folder = mkdtempSync(join(tmpdir(), "targets-"));
    writeFileSync(
      join(folder, "Dockerfile"),
      "FROM a AS base\nRUN x\nfrom --platform=linux/amd64 base as web\nFROM b\n",
    );
    expect(dockerfileTargets(join(folder, "Dockerfile"))).toEqual(["base", "web"]);
    rmSync(folder, { recursive: true });
  });
});

describe("withLabels", () => {
  const labels = { "org.opencontainers.image.revision": "1f0c", "skechwime.migrations": "boards.0001_initial" };
  const line = 'LABEL org.opencontainers.image.revision="1f0c" skechwime.migrations="boards.0001_initial"';

  it("adds a labelled stage for each stage and leaves the lines where they are", () => {
    const text = "FROM a AS base\nRUN x\nFROM base AS web\n";
    expect(withLabels(text, labels, "web")).toEqual({
      text: `${text}\nFROM base AS labelled-base\n${line}\nFROM web AS labelled-web\n${line}\n`,
      target: "labelled-web",
    });
  });

  it.each([
    ["FROM a AS base\nfrom base as web", "FROM a AS base\nfrom base as web", "labelled-web"],
    ["FROM a AS base\nFROM b  \nRUN x\n", "FROM a AS base\nFROM b AS last-stage\nRUN x", "labelled-last-stage"],
  ])("builds the last stage of %j when no target is given", (text, kept, target) => {
    const labelled = withLabels(text, labels, undefined);
    expect(labelled.target).toBe(target);
    expect(labelled.text.startsWith(`${kept}\n\nFROM base AS labelled-base\n`)).toBe(true);
  });

  it("changes nothing when there is nothing to say", () => {
    expect(withLabels("FROM a", {}, undefined)).toEqual({ text: "FROM a", target: undefined });
  });
});

describe("isLabelText", () => {
  it.each(["https://git.example.com/us/app", "boards.0001_initial,boards.0002_x", ""])("takes %j", (text) => {
    expect(isLabelText(text)).toBe(true);
  });

  it.each(['a"b', "a$HOME", "a\\b", "a\nb"])("refuses %j, which a Dockerfile would read otherwise", (text) => {
    expect(isLabelText(text)).toBe(false);
  });
});
