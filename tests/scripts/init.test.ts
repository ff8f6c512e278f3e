import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import yaml from "js-yaml";
import { ProjectFolder } from "../init/support/project-folder";

const root = join(__dirname, "../..");
const stack = `init-test-${process.pid}`;
const file = join(root, `Pulumi.${stack}.yaml`);

describe("npm run init", () => {
  const project = new ProjectFolder({ Dockerfile: "FROM debian\nCMD /serve\n" });
  const init = (...args: string[]) =>
    spawnSync(process.execPath, ["scripts/init.mjs", ...args], { cwd: root, encoding: "utf8" });
  afterAll(() => {
    project.remove();
    rmSync(file, { force: true });
  });

  it("prints the file and writes none with --dry-run", () => {
    const { status, stdout } = init(project.path, "--stack", stack, "--dry-run");

    expect(stdout).toContain("skechwime:processTypes:");
    expect(stdout).toContain(`Pulumi.${stack}.yaml would be written, to build Dockerfile`);
    expect(status).toBe(0);
    expect(existsSync(file)).toBe(false);
  });

  it("writes the file once, with the list of what only the user knows and the next command", () => {
    const first = init(project.path, "--stack", stack);
    const text = readFileSync(file, "utf8");
    const second = init(project.path, "--stack", stack);

    expect(first.status).toBe(0);
    expect(first.stdout).toContain('  - Dockerfile:2 runs "/serve", which was not seen to read PORT');
    expect(first.stdout).toContain(`npm start -- --stack ${stack}`);
    expect(Object(yaml.load(text)).encryptionsalt).toMatch(/^v1:/);
    expect(second.status).toBe(1);
    expect(second.stdout).toContain(`Pulumi.${stack}.yaml exists already and is not overwritten`);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it.each([[[]], [["a", "b"]], [["a", "--force"]]])("shows its usage for %j", (args) => {
    const { status, stdout } = init(...args);
    expect(stdout).toContain("name the folder of one project: npm run init -- <folder> [--stack <name>] [--dry-run]");
    expect(status).toBe(1);
  });
});
