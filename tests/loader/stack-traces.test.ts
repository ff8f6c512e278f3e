import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

jest.setTimeout(30_000);

describe("stack-traces.js", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "traces-"));
    // All of its only line comes from line 11 of source.ts.
    const map = { version: 3, sources: ["source.ts"], names: [], mappings: "AAUA" };
    const link = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
    writeFileSync(
      join(folder, "made.js"),
      `module.exports = function make(message) { return new Error(message).stack; };\n//# sourceMappingURL=${link}\n`,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The first lines of the stack trace of an error with this message. */
  const trace = (message: string) => {
    const preload = join(__dirname, "../../loader/stack-traces.js");
    const program = `console.log(require("./made.js")(${JSON.stringify(message)}))`;
    return execFileSync(process.execPath, ["--require", preload, "-e", program], { cwd: folder })
      .toString()
      .replaceAll(folder, "")
      .split("\n")
      .slice(0, 2);
  };

  it("maps the trace of an error to its source", () => {
    expect(trace("no app")).toEqual(["Error: no app", expect.stringMatching(/^ {4}at make \(\/source\.ts:11:\d+\)$/)]);
  });

  it("leaves the trace of an error without a message unmapped", () => {
    expect(trace("")).toEqual(["Error", expect.stringMatching(/^ {4}at make \(\/made\.js:1:\d+\)$/)]);
  });
});
