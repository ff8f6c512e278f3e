import { mkdirSync, readFileSync, realpathSync, statSync, symlinkSync } from "node:fs";
import { providerOf } from "../../../scripts/setup/pulumi-plugins.mjs";
import { BareMachine } from "../../support/bare-machine";

jest.setTimeout(60_000);

describe("providerOf", () => {
  it("reads the plugin that an SDK names", () => {
    const pulumi = { resource: true, name: "heroku", version: "v1.0.4", server: "github://example" };
    expect(providerOf({ pulumi })).toEqual([{ name: "heroku", version: "1.0.4", server: "github://example" }]);
  });

  it("finds none in a package that is no SDK", () => {
    expect(providerOf({})).toEqual([]);
    expect(providerOf({ pulumi: { resource: false, name: "x", version: "1.0.0" } })).toEqual([]);
  });
});

describe("linkProviders", () => {
  let machine: BareMachine;

  const plugins = "project/.local/pulumi-home/plugins";
  const official = (home = "home/.pulumi") =>
    machine.script(`${home}/plugins/resource-random-v4.21.1/pulumi-resource-random`, "echo official");
  const link = (SKECHWIME_PROVIDERS = "", more: NodeJS.ProcessEnv = {}) =>
    machine.call("pulumi-plugins.mjs", "linkProviders", [JSON.stringify(machine.at("path/pulumi"))], {
      SKECHWIME_PROVIDERS,
      ...more,
    });
  /** Which executables the engine would start. */
  const linked = (name: string, version: string) =>
    realpathSync(machine.at(plugins, `resource-${name}-v${version}`, `pulumi-resource-${name}`));

  let heroku: string;
  let random: string;

  beforeEach(() => {
    machine = new BareMachine();
    machine.pulumi("path/pulumi", "3.265.0");
    heroku = machine.script("project/stand-ins/heroku/pulumi-resource-heroku");
    random = machine.script("project/stand-ins/random/pulumi-resource-random");
  });
  afterEach(() => machine.remove());

  it("takes the official plugin where it is installed, and the stand-in elsewhere", async () => {
    const path = official();
    expect((await link()).value).toEqual({ official: ["random 4.21.1"], standIns: ["heroku 1.0.4"] });
    expect(linked("random", "4.21.1")).toBe(path);
    expect(linked("heroku", "1.0.4")).toBe(heroku);
    expect(statSync(machine.at(plugins, "resource-random-v4.21.1")).isDirectory()).toBe(true);
  });

  it.each([
    ["PULUMI_HOME", () => official("other"), { PULUMI_HOME: "other" }],
    ["PATH", () => machine.script("path/pulumi-resource-random"), {}],
  ])("finds an official plugin by %s", async (_, make, { PULUMI_HOME }: { PULUMI_HOME?: string }) => {
    const path = make();
    await link("", PULUMI_HOME ? { PULUMI_HOME: machine.at(PULUMI_HOME) } : {});
    expect(linked("random", "4.21.1")).toBe(path);
  });

  it("does not take an official plugin that is half written", async () => {
    official();
    machine.write("home/.pulumi/plugins/resource-random-v4.21.1.partial", "");
    expect((await link()).value).toMatchObject({ official: [] });

    machine.write("other/plugins/resource-random-v4.21.1/pulumi-resource-random", "not executable");
    expect((await link("", { PULUMI_HOME: machine.at("other") })).value).toMatchObject({ official: [] });
  });

  it("goes over to the official plugin when it appears, and back when it is removed", async () => {
    await link();
    const path = official();
    await link();
    expect(linked("random", "4.21.1")).toBe(path);

    machine.write("home/.pulumi/plugins/resource-random-v4.21.1.partial", "");
    await link();
    expect(linked("random", "4.21.1")).toBe(random);
  });

  it("downloads an official plugin into the user's folder", async () => {
    machine.write("offline.js", "global.fetch = () => Promise.resolve();");
    const folder = "$PULUMI_HOME/plugins/resource-$4-v$5";
    machine.script(
      "path/pulumi",
      `echo "$@" >> ${machine.at("asked")}`,
      `mkdir -p ${folder}; echo x > ${folder}/pulumi-resource-$4; chmod +x ${folder}/pulumi-resource-$4`,
    );
    expect((await link()).value).toEqual({ official: ["random 4.21.1", "heroku 1.0.4"], standIns: [] });
    expect(linked("random", "4.21.1")).toBe(
      machine.at("home/.pulumi/plugins/resource-random-v4.21.1/pulumi-resource-random"),
    );
    expect(readFileSync(machine.at("asked"), "utf8")).toBe(
      "plugin install resource random 4.21.1\n" +
        "plugin install resource heroku 1.0.4 --server github://api.github.com/pulumiverse\n",
    );
  });

  it("puts a half-written folder of its own right", async () => {
    mkdirSync(machine.at(plugins, "resource-heroku-v1.0.4/pulumi-resource-heroku"), { recursive: true });
    machine.write(`${plugins}/resource-heroku-v1.0.4.partial`, "");
    machine.write(`${plugins}/resource-heroku-v0.9.0/pulumi-resource-heroku`, "older");
    symlinkSync("/nowhere", machine.at(plugins, "resource-random-v4.21.1"));
    await link();

    expect(linked("heroku", "1.0.4")).toBe(heroku);
    expect(linked("random", "4.21.1")).toBe(random);
    expect(machine.has(`${plugins}/resource-heroku-v1.0.4.partial`)).toBe(false);
    expect(machine.has(`${plugins}/resource-heroku-v0.9.0`)).toBe(false);
  });

  it("uses stand-ins alone when it is told to", async () => {
    official();
    expect((await link("stand-ins")).value).toEqual({ official: [], standIns: ["random 4.21.1", "heroku 1.0.4"] });
    expect(linked("random", "4.21.1")).toBe(random);
  });

  it("refuses to do without an official plugin when it is told to", async () => {
    official();
    expect((await link("official")).missing).toBe(
      "the official provider heroku 1.0.4 is neither installed nor to be downloaded (no network); " +
        "unset SKECHWIME_PROVIDERS, or run this again where it can be downloaded",
    );
  });

  it("refuses another word for which providers to use", async () => {
    expect((await link("standins")).missing).toBe(
      "SKECHWIME_PROVIDERS must be official or stand-ins, got standins; unset it to use the official ones where there are any",
    );
  });

  it("says that a provider has no stand-in", async () => {
    machine.write(
      "project/node_modules/other/package.json",
      '{"pulumi":{"resource":true,"name":"other","version":"1.0.0"}}',
    );
    machine.write("project/package.json", '{"dependencies":{"other":"1.0.0"}}');
    expect((await link("stand-ins")).missing).toBe(
      "there is no stand-in for the provider other; unset SKECHWIME_PROVIDERS",
    );
    expect((await link()).missing).toBe(
      "the official provider other 1.0.0 is neither installed nor to be downloaded (no network); " +
        "run this again where it can be downloaded",
    );
  });
});
