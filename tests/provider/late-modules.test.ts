import { execFileSync } from "node:child_process";
import { join } from "node:path";

jest.setTimeout(30_000);

const root = join(__dirname, "../..");

/** What a program prints, with the modules preloaded or not. */
const run = (program: string, preloads: string[] = []) =>
  execFileSync(process.execPath, [...preloads.flatMap((file) => ["--require", file]), "-e", program], {
    cwd: root,
  }).toString();

const late = [join(root, "provider/late-modules.js")];

const loaded = `require("@pulumi/pulumi");
  const files = Object.values(require.cache).filter(({ children }) => children.length > 0).map(({ id }) => id);
  const has = (folder) => files.some((file) => file.includes(folder));
  console.log(has("@npmcli/arborist"), has("pulumi/automation"), Object.keys(require("typescript")).length > 0);`;

const used = `const pulumi = require("@pulumi/pulumi");
  const three = 3;
  pulumi.runtime.serializeFunction(() => three + 1).then(({ text }) => console.log(text));
  console.log(require("@npmcli/arborist").Arborist.name, pulumi.automation.LocalWorkspace.name);`;

describe("late-modules.js", () => {
  it("spares the program what Pulumi's SDK loads and does not use", () => {
    expect(run(loaded)).toBe("true true true\n");
    expect(run(loaded, late)).toBe("false false false\n");
  });

  it("gives each of them to who uses it", () => {
    expect(run(used, late)).toBe(run(used));
    expect(run(used, late)).toMatch(/Arborist LocalWorkspace[\s\S]*three \+ 1/);
  });
});
