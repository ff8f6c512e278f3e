import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { programDependencies, requiredPlugins } from "../../engine/language-host/packages.mjs";

describe("packages of a program", () => {
  let folder: string;

  const manifest = (path: string, content: object | string) => {
    const file = join(folder, path, "package.json");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packages-"));
    manifest("", {
      name: "program",
      dependencies: { "@pulumi/random": "4" },
      devDependencies: { tool: "1", absent: "1" },
    });
    manifest("node_modules/@pulumi/random", { name: "@pulumi/random", version: "4.21.1", pulumi: { resource: true } });
    manifest("node_modules/tool", { name: "tool", version: "1.0.0" });
    manifest("node_modules/tool/node_modules/nested", {
      name: "nested",
      version: "2.0.0",
      pulumi: { resource: true, name: "deep", version: "v3.0.0" },
    });
    manifest("sdks/own", {
      name: "@else/own",
      version: "1.0.0",
      pulumi: { resource: true, name: "own", server: "github://example" },
    });
    symlinkSync("../sdks/own", join(folder, "node_modules/own"));
    symlinkSync("../../..", join(folder, "node_modules/tool/node_modules/loop"));
    manifest("node_modules/damaged", "{");
    manifest("node_modules/library", {
      name: "@else/library",
      version: "1.0.0",
      pulumi: { resource: false, name: "no" },
    });
    mkdirSync(join(folder, "node_modules/.bin"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("name the plugins that they need, at any depth and through links", () => {
    expect(requiredPlugins(folder)).toEqual(
      expect.arrayContaining([
        { name: "random", version: "v4.21.1", server: "" },
        { name: "deep", version: "v3.0.0", server: "" },
        { name: "own", version: "v1.0.0", server: "github://example" },
      ]),
    );
    expect(requiredPlugins(folder)).toHaveLength(3);
  });

  it("are listed with their versions, the program's own or all", () => {
    expect(programDependencies(folder, false)).toEqual([
      { name: "@pulumi/random", version: "4.21.1" },
      { name: "tool", version: "1.0.0" },
    ]);
    expect(programDependencies(folder, true).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["@pulumi/random", "tool", "nested", "@else/own", "@else/library"]),
    );
  });

  it("are none where nothing is installed", () => {
    expect(requiredPlugins(join(folder, "sdks/own"))).toEqual([]);
  });
});
