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

const compilersLoaded = `require("@pulumi/pulumi");
  const loaded = Object.values(require.cache).filter(({ children }) => children.length > 0).map(({ id }) => id);
  console.log(loaded.some((id) => id.includes("arborist")), Object.keys(require("typescript")).length > 0);`;

const serialised = `const pulumi = require("@pulumi/pulumi");
  const three = 3;
  pulumi.runtime.serializeFunction(() => three + 1).then(({ text }) => console.log(text));
  console.log(require("@npmcli/arborist").Arborist.name, require("typescript").version);`;

describe("late-modules.js", () => {
  it("spares the program what Pulumi's SDK loads and does not use", () => {
    expect(run(compilersLoaded)).toBe("true true\n");
    expect(run(compilersLoaded, late)).toBe("false false\n");
  });

  it("gives each of them to who uses it", () => {
    expect(run(serialised, late)).toBe(run(serialised));
    expect(run(serialised, late)).toContain("three + 1");
  });
});
