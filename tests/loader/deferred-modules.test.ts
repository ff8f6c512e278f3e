import { execFileSync } from "node:child_process";
import { join } from "node:path";

jest.setTimeout(30_000);

const root = join(__dirname, "../..");

/** What a program prints, with the modules preloaded or not. */
const run = (program: string, preloads: string[] = []) =>
  execFileSync(process.execPath, [...preloads.flatMap((file) => ["--require", file]), "-e", program], {
    cwd: root,
  }).toString();

const deferred = [join(root, "loader/deferred-modules.js")];

const loaded = `require("@pulumi/pulumi");
  const files = Object.values(require.cache).filter(({ children }) => children.length > 0).map(({ id }) => id);
  const has = (folder) => files.some((file) => file.includes(folder));
  console.log(has("@npmcli/arborist"), has("pulumi/automation"), Object.keys(require("typescript")).length > 0);`;

const used = `const pulumi = require("@pulumi/pulumi");
  const three = 3;
  pulumi.runtime.serializeFunction(() => three + 1).then(({ text }) => console.log(text));
  console.log(require("@npmcli/arborist").Arborist.name, pulumi.automation.LocalWorkspace.name);`;

describe("deferred-modules.js", () => {
  it("defers modules that the SDK loads and the program does not use", () => {
    expect(run(loaded)).toBe("true true true\n");
    expect(run(loaded, deferred)).toBe("false false false\n");
  });

  it("loads each of them on first use", () => {
    expect(run(used, deferred)).toBe(run(used));
    expect(run(used, deferred)).toMatch(/Arborist LocalWorkspace[\s\S]*three \+ 1/);
  });
});
