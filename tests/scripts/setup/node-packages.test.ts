import { stalePackages } from "../../../scripts/setup/node-packages.mjs";

const lockfile = (packages: Record<string, object>) => ({
  packages: { "": {}, "sdks/own": { version: "1" }, ...packages },
});

describe("stalePackages", () => {
  it("finds nothing when every package is there as locked", () => {
    const same = lockfile({ "node_modules/a": { version: "1.0.0", integrity: "sha512-a" } });
    expect(stalePackages(same, same)).toEqual([]);
  });

  it("finds packages of another version, of other content, and absent ones", () => {
    const wanted = lockfile({
      "node_modules/a": { version: "2.0.0", integrity: "sha512-a2" },
      "node_modules/b": { version: "1.0.0", integrity: "sha512-b" },
      "node_modules/c": { version: "1.0.0", integrity: "sha512-c" },
    });
    const installed = lockfile({
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a1" },
      "node_modules/b": { version: "1.0.0", integrity: "sha512-other" },
    });
    expect(stalePackages(wanted, installed)).toEqual(["node_modules/a", "node_modules/b", "node_modules/c"]);
  });

  it("lets optional packages of other platforms be absent", () => {
    const wanted = lockfile({
      "node_modules/for-windows": { version: "1.0.0", optional: true },
      "node_modules/for-macos": { version: "1.0.0", devOptional: true },
    });
    expect(stalePackages(wanted, lockfile({}))).toEqual([]);
  });
});
