import { readFileSync, realpathSync, symlinkSync } from "node:fs";
import { BareMachine } from "../../support/bare-machine";

jest.setTimeout(60_000);

describe("linkLanguageHost", () => {
  let machine: BareMachine;

  const executable = "pulumi-language-nodejs";
  const choose = (SKECHWIME_PROVIDERS = "", cli = "bin/pulumi") =>
    machine.call("language-host.mjs", "linkLanguageHost", [JSON.stringify(machine.at(cli)), "undefined"], {
      SKECHWIME_PROVIDERS,
    });
  const linked = () =>
    realpathSync(machine.at("project/.local/pulumi-home/plugins/language-nodejs-v3.248.0", executable));
  const own = () => realpathSync(machine.at("project/engine/language-host", executable));

  beforeEach(() => {
    machine = new BareMachine();
    machine.pulumi("bin/pulumi", "3.265.0");
  });
  afterEach(() => machine.remove());

  it("takes ours where there is no official one", async () => {
    expect((await choose()).value).toEqual({ cli: machine.at("bin/pulumi"), isOfficial: false, version: "3.248.0" });
    expect(linked()).toBe(own());
  });

  it.each(["bin", "path", "home/.pulumi/plugins/language-nodejs-v3.259.0"])(
    "takes the official one in %s",
    async (folder) => {
      const path = machine.script(`${folder}/${executable}`, "echo v3.259.0");
      expect((await choose()).value).toMatchObject({ isOfficial: true, cli: machine.at("bin/pulumi") });
      expect(linked()).toBe(path);
    },
  );

  it.each([
    ["is too old", "echo v3.186.0"],
    ["does not run", "exit 1"],
  ])("does not take one on PATH that %s", async (_, line) => {
    machine.script(`path/${executable}`, line);
    expect((await choose()).value).toMatchObject({ isOfficial: false });
    expect(linked()).toBe(own());
  });

  it("finds the official one beside a CLI that is reached by a link", async () => {
    const path = machine.script(`bin/${executable}`);
    symlinkSync(machine.at("bin/pulumi"), machine.at("path/pulumi"));
    expect((await choose("", "path/pulumi")).value).toMatchObject({ isOfficial: true });
    expect(linked()).toBe(path);
  });

  it("removes an older link, which the engine would take if its version were newer", async () => {
    const other = "project/.local/pulumi-home/plugins/language-nodejs-v9.0.0";
    machine.script(`${other}/${executable}`);
    await choose();
    expect(machine.has(other)).toBe(false);
  });

  it("moves the CLI away from the official one beside it when it is told to use ours", async () => {
    machine.script(`bin/${executable}`);
    const apart = machine.at("project/.local/pulumi-home/bin/pulumi");
    expect((await choose("stand-ins")).value).toMatchObject({ isOfficial: false, cli: apart });
    expect(readFileSync(apart, "utf8")).toContain("3.265.0");
    expect(linked()).toBe(own());

    machine.pulumi("bin/pulumi.new", "3.266.0");
    symlinkSync(machine.at("bin/pulumi.new"), machine.at("bin/newer"));
    await choose("stand-ins", "bin/newer");
    expect(readFileSync(apart, "utf8")).toContain("3.266.0");
  });

  it("refuses to do without the official one when it is told to", async () => {
    expect((await choose("official")).missing).toBe(
      `Pulumi's language host for Node.js is neither beside ${machine.at("bin/pulumi")} nor on PATH; ` +
        "install the CLI from pulumi.com/docs/install, or unset SKECHWIME_PROVIDERS",
    );
  });
});
