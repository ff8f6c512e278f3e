import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findActionlint } from "../scripts/setup/actionlint.mjs";

const root = join(__dirname, "..");
const files = readdirSync(join(root, ".github"), { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".yml"),
);
const workflows = files.filter((file) => file.startsWith("workflows/"));
const text = (file: string) => readFileSync(join(root, ".github", file), "utf8");

const actionlint = findActionlint();

describe("Workflows", () => {
  it("are all there", () => {
    expect(workflows.sort()).toEqual(["ci", "deploy", "destroy", "preview"].map((name) => `workflows/${name}.yml`));
  });

  it.each(files)("%s names actions of others by commit, with their version beside it", (file) => {
    const uses = [...text(file).matchAll(/uses: (.+)/g)]
      .map(([, use = ""]) => use)
      .filter((use) => !use.startsWith("./"));

    expect(uses.filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
  });

  it.each(workflows)("%s grants nothing but what each job asks for", (file) => {
    const grants = [...text(file).matchAll(/^ +([\w-]+): write$/gm)].map(([, scope]) => scope);

    expect(text(file)).toMatch(/^permissions: \{\}$/m);
    expect(grants).toEqual(file.endsWith("preview.yml") ? ["pull-requests"] : []);
  });

  it.each(workflows)("%s is not started with secrets by a pull request from a fork", (file) => {
    const runs = text(file);

    expect(runs).not.toContain("pull_request_target");
    if (/^ {2}pull_request:/m.test(runs) && runs.includes("secrets.")) {
      expect(runs).toContain("if: >-\n      github.event.pull_request.head.repo.full_name == github.repository &&");
    }
  });

  it.each(["deploy", "destroy"])("%s.yml never cuts off an update", (name) => {
    const groups = text(`workflows/${name}.yml`).match(/group: stack-.+\n +cancel-in-progress: .+/g) ?? [];

    expect(groups).not.toEqual([]);
    expect(groups.filter((group) => !group.endsWith("cancel-in-progress: false"))).toEqual([]);
  });

  it.each(["deploy", "preview"])("%s.yml fetches the history that images are labelled by", (name) => {
    const checkouts = text(`workflows/${name}.yml`).split("uses: actions/checkout@").slice(1);

    expect(checkouts.map((step) => /^.*\n +with:(\n +(#.*|[\w-]+: .+))*\n +fetch-depth: 0\n/.test(step))).not.toContain(
      false,
    );
  });

  it("install the Pulumi CLI that package.json names", () => {
    const versions = files.flatMap((file) => [...text(file).matchAll(/pulumi-version: (.+)/g)].map(([, one]) => one));
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

    expect(new Set(versions)).toEqual(new Set([devDependencies.pulumi]));
  });

  if (actionlint === undefined) {
    it.skip("are found good by actionlint (skipped: actionlint is not installed; npm test builds it where Go is)", () => {});
  } else {
    it("are found good by actionlint", () => {
      const paths = workflows.map((file) => join(".github", file));
      const { stdout, stderr } = spawnSync(actionlint, ["-no-color", ...paths], { cwd: root, encoding: "utf8" });

      expect(stdout + stderr).toBe("");
    });
  }
});
