import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { nodePackages } from "./setup/node-packages.mjs";
import { main } from "./support/main.mjs";
import { NotReady } from "./support/not-ready.mjs";
import { root } from "./support/paths.mjs";
import { outcome, say } from "./support/progress.mjs";
import { sources } from "./support/sources.mjs";

const usage = "npm run init -- <folder> [--stack <name>] [--dry-run]";

/** @returns {{ folder: string, stack?: string, isDryRun: boolean }} */
function options() {
  try {
    const { values, positionals } = parseArgs({
      options: { stack: { type: "string" }, "dry-run": { type: "boolean" } },
      allowPositionals: true,
    });
    const [folder, ...more] = positionals;
    if (folder && more.length === 0) return { folder, stack: values.stack, isDryRun: values["dry-run"] === true };
  } catch {
    // What is wrong with the options, the usage tells.
  }
  throw new NotReady(`name the folder of one project: ${usage}`);
}

/** Writes a stack file for somebody's project, from what the project's files say. */
await main(async () => {
  const { folder, stack, isDryRun } = options();
  await nodePackages(say);
  const { initStack, Refusal } = sources("init/index.ts");
  /** @type {import("../init/index.js").StackFile} */
  let file;
  try {
    file = initStack({ folder, root, stack });
  } catch (error) {
    if (error instanceof Refusal) throw new NotReady(Object(error).message);
    throw error;
  }
  if (isDryRun) say(file.text);
  else writeFileSync(file.path, file.text, { flag: "wx" });
  outcome(
    "done",
    `Pulumi.${file.stack}.yaml`,
    `${isDryRun ? "would be written" : "written"}, to build ${file.dockerfile}`,
  );
  if (file.todos.length > 0) {
    say("\nOnly you know, or can change in the project:");
    for (const todo of file.todos) say(`  - ${todo}`);
  }
  say(`\nCheck what the file marks "guess:", then: npm start -- --stack ${file.stack}`);
  return 0;
});
