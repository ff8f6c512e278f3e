import { readdirSync } from "node:fs";
import { BareMachine } from "../../support/bare-machine";
import { expectSoon } from "../../support/soon";

jest.setTimeout(60_000);

const pinned = "3.274.1";
const neededGo = "1.26.6";
const wayOn = `install Go ${neededGo} or newer (go.dev/dl) or the Pulumi CLI (pulumi.com/docs/install), and run this again`;
const builtFolder = `home/.cache/skechwime/pulumi-${pinned}-${process.platform}-${process.arch}`;
const built = `${builtFolder}/pulumi`;
const macOs = process.platform === "darwin";

/** Lines of a `go` that has a version and does something else when it is to build. The path to build is $6. */
const go = (version: string, ...build: string[]) => [
  `if [ "$1" = env ]; then echo go${version}; exit; fi`,
  'while [ "$1" != -o ]; do shift; done; out=$2',
  ...build,
];
const builds = 'printf "#!/bin/sh\\necho v3.274.1\\n" > "$out"; chmod +x "$out"';

(macOs ? describe.skip : describe)("the Pulumi CLI", () => {
  let machine: BareMachine;
  const find = (more?: NodeJS.ProcessEnv) => machine.call("pulumi-cli.mjs", "pulumiCli", [], more);

  beforeEach(() => {
    machine = new BareMachine();
  });
  afterEach(() => machine.remove());

  describe("that is there", () => {
    it("is taken from PATH first, and nothing is written to ~/.pulumi", async () => {
      machine.pulumi("home/.pulumi/bin/pulumi", "3.250.0");
      const path = machine.pulumi("path/pulumi", "3.260.0");
      expect(await find()).toEqual({ value: { path, version: "3.260.0", origin: "" }, notes: [] });
    });

    it.each([
      ["home/.pulumi/bin/pulumi", {}],
      ["home/.pulumi/versions/3.265.0/bin/pulumi", {}],
      ["other/bin/pulumi", { PULUMI_HOME: "other" }],
    ])("is found at %s", async (path, { PULUMI_HOME }: { PULUMI_HOME?: string }) => {
      const full = machine.pulumi(path, "3.265.0");
      const result = await find(PULUMI_HOME ? { PULUMI_HOME: machine.at(PULUMI_HOME) } : {});
      expect(result.value).toMatchObject({ path: full, version: "3.265.0" });
    });

    it("is passed over when it does not run, with a word about it", async () => {
      const broken = machine.script("path/pulumi", "echo 'cannot execute: wrong architecture' >&2; exit 126");
      const path = machine.pulumi("home/.pulumi/bin/pulumi", "3.265.0");
      expect(await find()).toEqual({
        value: { path, version: "3.265.0", origin: "" },
        notes: [
          `passing over ${broken}, which does not run (cannot execute: wrong architecture); install the Pulumi CLI again, or remove it`,
        ],
      });
    });

    it("is passed over when it is too old for the project, and the next one used", async () => {
      const old = machine.pulumi("path/pulumi", "3.186.0");
      machine.script("path/go", ...go(neededGo, builds));
      const { value, notes } = await find();
      expect(notes[0]).toBe(
        `passing over ${old}, since ${"3.186.0"} is too old for this project; update the Pulumi CLI to 3.187.0 or newer`,
      );
      expect(value).toEqual({ path: machine.at(built), version: pinned, origin: "built from its Go module" });
    });

    it("is used when it is as old as may be", async () => {
      machine.pulumi("path/pulumi", "3.187.0");
      expect((await find()).value).toMatchObject({ version: "3.187.0" });
    });
  });

  it("is downloaded by the npm package before any is built", async () => {
    machine.write("offline.js", "global.fetch = () => Promise.resolve();");
    machine.script("path/go", "exit 1");
    machine.write(
      "project/node_modules/pulumi/run.js",
      `const fs = require("fs"), home = process.env.HOME + "/.pulumi/versions/3.265.0/bin";
       fs.mkdirSync(home, { recursive: true });
       fs.writeFileSync(home + "/pulumi", "#!/bin/sh\\necho v3.265.0\\n", { mode: 0o755 });`,
    );
    expect((await find()).value).toMatchObject({ version: "3.265.0", origin: "downloaded" });
  });

  describe("that is built", () => {
    it("is built once, runs, and is used from then on", async () => {
      machine.script("path/go", ...go(neededGo, builds, `echo built >> ${machine.at("builds")}`));
      const first = await find();
      machine.script("path/go", "exit 1");

      expect(first).toEqual({
        value: { path: machine.at(built), version: pinned, origin: "built from its Go module" },
        notes: [`building the Pulumi CLI ${pinned} from its Go module, which takes some minutes the first time`],
      });
      expect(await find()).toEqual({ value: first.value, notes: [] });
      expect(readdirSync(machine.at(builtFolder))).toEqual(["pulumi"]);
    });

    it("goes where XDG_CACHE_HOME says", async () => {
      machine.script("path/go", ...go("1.30", builds));
      const { value } = await find({ XDG_CACHE_HOME: machine.at("cache") });
      expect(value).toMatchObject({ path: machine.at(built.replace("home/.cache", "cache")) });
    });

    it("is built again when it does not run any more", async () => {
      machine.write(built, "half", 0o755);
      machine.script("path/go", ...go(neededGo, builds));
      const { value, notes } = await find();
      expect(notes[0]).toContain(`passing over ${machine.at(built)}, which does not run`);
      expect(value).toMatchObject({ path: machine.at(built) });
    });

    it("is waited for when another process builds it already", async () => {
      machine.script("path/go", ...go(neededGo, "sleep 2", builds, `echo built >> ${machine.at("builds")}`));
      const first = machine.start("pulumi-cli.mjs", "pulumiCli");
      await expectSoon(async () => first.reported().includes("building"));
      const second = await find();

      expect(second.notes.at(-1)).toBe(`process ${first.child.pid} is building the Pulumi CLI; waiting for it`);
      expect(second.value).toEqual((await first.result).value);
    });

    it("is built by the next run when one was killed in the middle", async () => {
      machine.script("path/go", ...go(neededGo, 'echo half > "$out"; chmod +x "$out"; sleep 60'));
      const first = machine.start("pulumi-cli.mjs", "pulumiCli");
      first.result.catch(() => undefined);
      await expectSoon(async () => machine.has(`${built}.${first.child.pid}.tmp`));
      first.child.kill("SIGKILL");

      machine.script("path/go", ...go(neededGo, builds));
      expect((await find()).value).toMatchObject({ path: machine.at(built) });
      expect(readdirSync(machine.at(builtFolder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    });
  });

  describe("that cannot be built says so in one sentence", () => {
    const missing = async () => {
      const result = await find();
      expect(machine.has(built)).toBe(false);
      const why = "the Pulumi CLI cannot be downloaded (no network), and ";
      expect(result.missing?.startsWith(why)).toBe(true);
      return result.missing?.slice(why.length);
    };

    it("without Go", async () => {
      expect(await missing()).toBe(`Go, which builds it, is not installed; ${wayOn}`);
    });

    it("with a Go that does not run", async () => {
      const path = machine.script("path/go", "echo 'go: cannot find GOROOT directory'; exit 2");
      expect(await missing()).toBe(
        `${path}, which builds it, does not run (go: cannot find GOROOT directory); ${wayOn}`,
      );
    });

    it("with a Go that is too old and gets no newer one", async () => {
      machine.script(
        "path/go",
        '[ "$GOTOOLCHAIN" = local ] && { echo go1.22.2; exit; }',
        `echo "go: download go${neededGo} for linux/amd64: toolchain not available" >&2; exit 1`,
      );
      expect(await missing()).toBe(
        "Go 1.22.2 is too old to build it, and a newer one cannot be downloaded " +
          `(go: download go${neededGo} for linux/amd64: toolchain not available); ${wayOn}`,
      );
    });

    it("with a Go that is too old and may get no newer one", async () => {
      machine.script("path/go", "echo go1.22.2");
      expect(await missing()).toBe(
        `Go 1.22.2 is too old to build it, and a newer one cannot be downloaded (GOTOOLCHAIN forbids it); ${wayOn}`,
      );
    });

    it("on a full disk", async () => {
      machine.script("path/go", ...go(neededGo, "echo 'write /tmp/go-build1/b1: no space left on device' >&2; exit 1"));
      expect(await missing()).toMatch(/^there is no space left to build it, which takes about .* GB; make room/);
    });

    it("without network", async () => {
      const line = 'cloud.google.com/go@v0.123.0: Get "https://example": dial tcp: lookup example: no such host';
      machine.script("path/go", ...go(neededGo, `echo '${line}' >&2; exit 1`));
      expect(await missing()).toBe(
        `its Go modules cannot be downloaded (${line}); run this again when the network is back, ` +
          "which goes on from there, or set GOPROXY to a server that has them",
      );
    });

    it("from a module that is not the one that go.sum names", async () => {
      machine.script("path/go", ...go(neededGo, "echo 'verifying a@v1.0.0: checksum mismatch' >&2; exit 1"));
      expect(await missing()).toMatch(
        /^one of its Go modules is not the one that engine\/cli\/go\.sum names \(verifying a@v1\.0\.0: checksum mismatch\); run go clean/,
      );
    });

    it("with a compiler's error", async () => {
      machine.script("path/go", ...go(neededGo, "echo 'undefined: x' >&2; exit 1"));
      expect(await missing()).toBe("it cannot be built, see .local/pulumi-build.log:\nundefined: x");
    });

    it("when what was built does not run", async () => {
      machine.script("path/go", ...go(neededGo, 'printf "#!/bin/sh\\nexit 1\\n" > "$out"; chmod +x "$out"'));
      expect(await missing()).toMatch(/^the one that was built does not run \(.*\); see \.local\/pulumi-build\.log$/);
    });

    it("in a folder that cannot be made", async () => {
      machine.script("path/go", ...go(neededGo, builds));
      machine.write("home/.cache", "a file");
      expect(await missing()).toMatch(
        /^it cannot be built in .*\/home\/\.cache\/skechwime \(.*\); make room there, or set XDG_CACHE_HOME/,
      );
    });

    it("and then goes on when what was missing is there", async () => {
      machine.script("path/go", ...go(neededGo, "echo 'no space left on device' >&2; exit 1"));
      await missing();
      machine.script("path/go", ...go(neededGo, builds));
      expect((await find()).value).toMatchObject({ version: pinned });
    });
  });

  it("is built by a newer Go that an old one gets for itself", async () => {
    machine.script(
      "path/go",
      `if [ "$1" = env ]; then [ "$GOTOOLCHAIN" = local ] && echo go1.24.1 || echo go${neededGo}; exit; fi`,
      ...go(neededGo, builds),
    );
    expect((await find()).value).toMatchObject({ version: pinned });
  });
});
