import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

jest.setTimeout(30_000);

describe("stack-traces.js", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "traces-"));
    writeModule("made.js", "source.ts");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes a module whose only line maps to line 11 of a source. */
  const writeModule = (path: string, source: string) => {
    const map = { version: 3, sources: [source], names: [], mappings: "AAUA" };
    const link = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(
      join(folder, path),
      `module.exports = function make(message) { return new Error(message).stack; };\n//# sourceMappingURL=${link}\n`,
    );
  };

  /** The first lines of the stack trace of an error with this message. */
  const trace = (message: string, path = "made.js") => {
    const preload = join(__dirname, "../../loader/stack-traces.js");
    const program = `console.log(require("./${path}")(${JSON.stringify(message)}))`;
    return execFileSync(process.execPath, ["--require", preload, "-e", program], { cwd: folder })
      .toString()
      .replaceAll(folder, "")
      .split("\n")
      .slice(0, 2);
  };

  it("maps the trace of an error to its source", () => {
    expect(trace("no app")).toEqual(["Error: no app", expect.stringMatching(/^ {4}at make \(\/source\.ts:11:\d+\)$/)]);
  });

  it("adds the SDK's own folder to the paths of its sources", () => {
    const path = "node_modules/@pulumi/pulumi/made.js";
    writeModule(path, "../source.ts");
    expect(trace("no app", path)[1]).toMatch(/^ {4}at make \(\/node_modules\/@pulumi\/pulumi\/source\.ts:11:\d+\)$/);
  });

  it("leaves the trace of an error without a message unmapped", () => {
    expect(trace("")).toEqual(["Error", expect.stringMatching(/^ {4}at make \(\/made\.js:1:\d+\)$/)]);
  });
});
