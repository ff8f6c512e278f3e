import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { status } from "@grpc/grpc-js";
import {
  AboutRequest,
  InstallDependenciesRequest,
  LanguageHandshakeRequest,
  type LanguageHandshakeResponse,
  PackRequest,
  type PackResponse,
  ProgramInfo,
} from "@pulumi/pulumi/proto/language_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { LanguageHost } from "../support/language-host";
import { processTree } from "../support/process-tree";
import { expectSoon } from "../support/soon";

// A start takes a quarter of a second, and many times that on a machine that is busy.
jest.setTimeout(30_000);

const root = join(__dirname, "../..");
const sdk = JSON.parse(readFileSync(join(root, "node_modules/@pulumi/pulumi/package.json"), "utf8"));

const hang = "console.log('pid', process.pid); setInterval(() => {}, 1000);";

describe("pulumi-language-nodejs", () => {
  let host: LanguageHost;

  beforeEach(async () => {
    host = await LanguageHost.start("-logtostderr", "-v=9", "-tracing", "http://localhost:9411");
  });
  afterEach(() => host.end());

  /** Waits for the process of a program that hangs. */
  const hangingPid = async () => {
    await expectSoon(async () => /pid \d+/.test(host.printed));
    return Number(/pid (\d+)/.exec(host.printed)?.[1]);
  };
  const isRunning = (pid: number) => processTree(process.pid).some((one) => one.pid === pid);

  it("has the version of the SDK whose protocol it speaks", async () => {
    const info = await host.call<PluginInfo>((done) => host.client.getPluginInfo(new Empty(), done));
    expect(info.getVersion()).toBe(sdk.version);
  });

  it("prints its version and ends when that is all it is asked for", () => {
    const executable = join(root, "engine/language-host/pulumi-language-nodejs");
    expect(spawnSync(executable, ["-version"], { encoding: "utf8" }).stdout).toBe(`${sdk.version}\n`);
  });

  it("runs the SDK's start-up code with what the engine says about the program", async () => {
    const folder = host.program("told", "console.log(JSON.stringify(process.argv.slice(2)))");
    await host.run(folder, {}, (request) => {
      request.setOrganization("acme");
      request.setProject("shop");
      request.setStack("dev");
      request.setParallel(16);
      request.setDryrun(true);
      request.setArgsList(["one"]);
    });

    const words = [
      "--monitor",
      "127.0.0.1:2",
      "--engine",
      "127.0.0.1:1",
      "--organization",
      "acme",
      "--project",
      "shop",
    ];
    await expectSoon(async () => host.printed.endsWith("\n"));
    expect(JSON.parse(host.printed)).toEqual([
      ...words,
      ...["--root-directory", folder, "--stack", "dev", "--pwd", folder, "--parallel", "16"],
      ...["--tracing", "http://localhost:9411", "--dry-run", "index.ts", "one"],
    ]);
  });

  it("takes the engine's address from the handshake", async () => {
    const request = new LanguageHandshakeRequest();
    request.setEngineAddress("127.0.0.1:3");
    await host.call<LanguageHandshakeResponse>((done) => host.client.handshake(request, done));
    const folder = host.program("told", "console.log(process.argv.slice(2).join(' '))");
    await host.run(folder);

    await expectSoon(async () => host.printed.endsWith("\n"));
    expect(host.printed).toContain("--engine 127.0.0.1:3 ");
  });

  it("gives the program its configuration and which of it is secret", async () => {
    const variables = "[process.env.PULUMI_CONFIG, process.env.PULUMI_CONFIG_SECRET_KEYS]";
    const folder = host.program("configured", `console.log(${variables}.map(JSON.parse))`);
    await host.run(folder, {}, (request) => {
      request.getConfigMap().set("shop:colour", "red").set("shop:key", "hush");
      request.setConfigsecretkeysList(["shop:key"]);
    });

    await expectSoon(async () => host.printed.endsWith("\n"));
    expect(host.printed).toBe("[ { 'shop:colour': 'red', 'shop:key': 'hush' }, [ 'shop:key' ] ]\n");
  });

  it("passes on what the program prints on both streams", async () => {
    const response = await host.run(host.program("talks", "console.log('said'); console.error('warned');"));

    expect(response.toObject()).toEqual({ error: "", bail: false });
    await expectSoon(async () => host.printed.includes("said\n") && host.printed.includes("warned\n"));
  });

  it.each([
    ["process.exitCode = 0", { error: "", bail: false }],
    ["process.exitCode = 32", { error: "", bail: true }],
    ["process.exitCode = 7", { error: "Program exited with non-zero exit code: 7", bail: false }],
    [
      "process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 9e9)",
      { error: "Program was ended by the signal SIGKILL", bail: false },
    ],
  ])("says how a program ended by %s", async (code, expected) => {
    expect((await host.run(host.program("ends", code))).toObject()).toEqual(expected);
  });

  it("says what may help a program that ran out of memory", async () => {
    const response = await host.run(host.program("large", "process.abort()"));
    expect(response.getError()).toContain("SIGABRT; if it ran out of memory, add nodeargs: --max-old-space-size=<MB>");
  });

  it("starts Node.js with the options of Pulumi.yaml", async () => {
    const code =
      "console.log(process.execArgv, process.env.PULUMI_NODEJS_TYPESCRIPT, process.env.PULUMI_NODEJS_TSCONFIG_PATH)";
    const folder = host.program("options", code);
    await host.run(folder, { nodeargs: `--title "two words"  --no-warnings '--stack-size=900'` });
    await host.run(folder, { typescript: false, tsconfig: "other.json" });

    await expectSoon(async () => host.printed.includes("other.json"));
    expect(host.printed).toBe(
      "[ '--title', 'two words', '--no-warnings', '--stack-size=900' ] true undefined\n[] undefined other.json\n",
    );
  });

  it.each([
    [{ nodeargs: 5 }, "runtime.options.nodeargs must be text, got 5; change it in Pulumi.yaml"],
    [{ typescript: "no" }, 'runtime.options.typescript must be true or false, got "no"; change it in Pulumi.yaml'],
    [{ tsconfig: true }, "runtime.options.tsconfig must be a path, got true; change it in Pulumi.yaml"],
    [{ nodeargs: "--title 'a" }, "runtime.options.nodeargs has an open quote, got --title 'a; close it in Pulumi.yaml"],
  ])("refuses the options %j", async (options, message) => {
    expect((await host.run(host.program("options", ""), options)).getError()).toBe(message);
  });

  it("says that the SDK is not installed", async () => {
    expect((await host.run("/nowhere")).getError()).toBe(
      "@pulumi/pulumi is not installed for the program in /nowhere; run npm ci there",
    );
  });

  it("ends the program when the engine cancels, and says nothing more about it", async () => {
    const response = host.run(host.program("hangs", hang));
    const pid = await hangingPid();
    await host.call<Empty>((done) => host.client.cancel(new Empty(), done));

    expect((await response).toObject()).toEqual({ error: "", bail: true });
    expect(isRunning(pid)).toBe(false);
  });

  it("ends a program that does not react", async () => {
    const response = host.run(host.program("stubborn", `process.on("SIGINT", () => {}); ${hang}`));
    const pid = await hangingPid();
    await host.call<Empty>((done) => host.client.cancel(new Empty(), done));

    expect((await response).getBail()).toBe(true);
    expect(isRunning(pid)).toBe(false);
  });

  it("ends the program when the engine gives up the call", async () => {
    const response = host.run(host.program("hangs", hang)).catch((error) => error.code);
    const pid = await hangingPid();
    host.running?.cancel();

    expect(await response).toBe(status.CANCELLED);
    await expectSoon(async () => !isRunning(pid));
  });

  it("ends with the engine, however that ended, and its program with it", async () => {
    void host.run(host.program("hangs", hang)).catch(() => undefined);
    const pid = await hangingPid();
    host.process.stdin?.end();

    expect(await once(host.process, "exit")).toEqual([0, null]);
    await expectSoon(async () => !isRunning(pid));
  });

  it("ends on an interrupt", async () => {
    host.process.kill("SIGINT");
    expect(await once(host.process, "exit")).toEqual([0, null]);
  });

  /** What `pulumi install` shows for a program with this package.json. */
  const installed = async (manifest: string) => {
    const folder = host.program("installs", "");
    writeFileSync(join(folder, "package.json"), manifest);
    const request = new InstallDependenciesRequest();
    const info = new ProgramInfo();
    info.setProgramDirectory(folder);
    request.setInfo(info);
    let output = "";
    for await (const part of host.client.installDependencies(request)) {
      output += Buffer.from(part.getStdout_asU8()).toString() + Buffer.from(part.getStderr_asU8()).toString();
    }
    return output;
  };

  it("installs packages by npm and shows what npm prints", async () => {
    expect(await installed('{"name":"installs"}')).toMatch(/up to date|removed|added/);
  });

  it("says that npm has failed", async () => {
    await expect(installed("{")).rejects.toThrow("npm install failed with exit code 1");
  });

  it("says which Node.js runs the programs", async () => {
    const about = await host.call<{ getVersion(): string }>((done) => host.client.about(new AboutRequest(), done));
    expect(about.getVersion()).toBe(process.version);
  });

  it("refuses what it has no method for", async () => {
    const pack = host.call<PackResponse>((done) => host.client.pack(new PackRequest(), done));
    await expect(pack).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });
});
