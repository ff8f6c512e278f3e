import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import yaml from "js-yaml";
import { processTree } from "../support/process-tree";
import { expectSoon } from "../support/soon";
import { StackDriver } from "../support/stack-driver";

const project = yaml.dump({
  name: "small",
  runtime: { name: "nodejs", options: { typescript: false, nodeargs: "--require ./before.js" } },
  main: "index.ts",
});

const program = `
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
const mode = config.get("mode");
console.log("said by the program");
console.error("warned by the program");
new pulumi.ComponentResource("small:index:Part", "part");
if (mode === "throw") throw new Error("this program is broken");
if (mode === "exit") process.exit(7);
if (mode === "hang") setInterval(() => {}, 1000);
exports.colour = config.requireObject("paint").colour;
exports.key = config.requireSecret("key");
exports.where = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
exports.before = global.before;
`;

/** A program of components only, on the engine and the language host that set-up has chosen. */
describe("a small program", () => {
  let home: StackDriver;
  let stack: StackDriver;

  const mode = (name: string) => stack.succeed("config", "set", "mode", name);

  beforeAll(async () => {
    home = await StackDriver.create("local", "http://127.0.0.1:9");
    stack = home.otherProject("small", project, program);
    const traces = JSON.stringify(join(__dirname, "../../loader/stack-traces.js"));
    writeFileSync(join(stack.folder, "before.js"), `require(${traces}); global.before = "loaded first";`);
    await stack.succeed("stack", "init", "small");
    await stack.succeed("config", "set", "--path", "paint.colour", "red");
    await stack.succeed("config", "set", "--secret", "key", "hush");
    await mode("none");
  });
  afterAll(() => home?.remove());

  it("is previewed with what it prints, and without a warning", async () => {
    const output = await stack.succeed("preview");

    expect(output).toMatch(/\+ +small:index:Part part create/);
    expect(output).toContain("said by the program");
    expect(output).toContain("warned by the program");
    expect(output).not.toContain("warning:");
    expect(await stack.preview()).toEqual([
      { op: "create", resource: "Stack small-small" },
      { op: "create", resource: "Part part" },
    ]);
  });

  it("comes up with its configuration, its secrets and Node.js's options", async () => {
    const output = await stack.up();

    expect(output).not.toContain("hush");
    expect(await stack.outputs()).toEqual({
      colour: "red",
      key: "[secret]",
      where: "organization/small/small",
      before: "loaded first",
    });
    expect(await stack.preview()).toEqual([]);
  });

  it("fails with its error, shown once", async () => {
    await mode("throw");
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");

    expect(code).not.toBe(0);
    expect(output.split("Error: this program is broken")).toHaveLength(2);
    expect(output).not.toContain("non-zero exit code");
  });

  it("fails with its exit code when it has said nothing", async () => {
    await mode("exit");
    const { code, output } = await stack.run("preview");

    expect(code).not.toBe(0);
    expect(output).toContain("Program exited with non-zero exit code: 7");
  });

  /** Starts an update of the program that hangs, and waits until it runs. */
  const hanging = async () => {
    await mode("hang");
    const update = stack.start(["up", "--yes", "--skip-preview"]);
    await expectSoon(async () => processTree(update.pid).some(({ command }) => command.includes("cmd/run")));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return { ...update, started: processTree(update.pid).slice(1) };
  };
  const isOver = (pid: number) => !/\S/.test(readCommand(pid));

  it("ends on Ctrl-C, leaves no process, and comes up afterwards", async () => {
    const { pid, result, started } = await hanging();
    process.kill(pid, "SIGINT");
    const { code, output } = await result;

    expect(code).not.toBe(0);
    expect(output).not.toContain("non-zero exit code");
    await expectSoon(async () => started.every((one) => isOver(one.pid)));
    await mode("none");
    await stack.up();
  });

  it("goes down to nothing", async () => {
    await stack.destroy();
    expect(JSON.parse(await stack.export()).deployment.resources ?? []).toEqual([]);
  });
});

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
