import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

jest.setTimeout(30_000);

describe("typescript.js", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "plugin-"));
    for (const name of ["loader", "provider"]) mkdirSync(join(folder, name));
    mkdirSync(join(folder, "node_modules"));
    copyFileSync(join(__dirname, "../../loader/typescript.js"), join(folder, "loader/typescript.js"));
    const sucrase = dirname(require.resolve("sucrase/package.json"));
    symlinkSync(sucrase, join(folder, "node_modules/sucrase"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const source = (name: string, text: string) => writeFileSync(join(folder, "provider", name), text);

  /** What the sources print, and whether something had to be compiled for it. */
  const run = () => {
    const program = `const { saveCompiled } = require("../loader/typescript.js"); require("./main.ts"); saveCompiled();
      console.log(Object.keys(require.cache).some((file) => file.includes("sucrase")) ? "compiled" : "kept");`;
    return execFileSync(process.execPath, ["-e", program], { cwd: join(folder, "provider") })
      .toString()
      .split("\n");
  };

  it("compiles each source once, and again when it has changed", () => {
    source("greeting.ts", 'export const greeting: string = "one";\n');
    source("main.ts", 'import { greeting } from "./greeting";\nconsole.log(greeting);\n');

    const first = run();
    const second = run();
    source("greeting.ts", 'export const greeting: string = "two";\n');

    expect(first).toEqual(["one", "compiled", ""]);
    expect(second).toEqual(["one", "kept", ""]);
    expect(run()).toEqual(["two", "compiled", ""]);
    expect(readdirSync(join(folder, "node_modules/.cache/typescript"))).toEqual(["eval.json"]);
  });

  it("keeps at its exit what a program compiled that it was preloaded for", () => {
    source("main.ts", 'console.log("one" as string);\n');
    const preloaded = () => {
      execFileSync(process.execPath, ["--require", "./loader/typescript.js", "provider/main.ts"], { cwd: folder });
      return readdirSync(join(folder, "node_modules/.cache/typescript"));
    };

    expect(preloaded()).toEqual(["provider.json"]);
    expect(run()).toEqual(["one", "compiled", ""]);
  });

  it("works where nothing can be kept", () => {
    source("main.ts", 'console.log("one" as string);\n');
    writeFileSync(join(folder, "node_modules/.cache"), "no folder");
    chmodSync(join(folder, "node_modules/.cache"), 0o400);

    expect(run()).toEqual(["one", "compiled", ""]);
    expect(run()).toEqual(["one", "compiled", ""]);
  });
});
