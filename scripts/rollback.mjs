import { parseArgs } from "node:util";
import { nodePackages } from "./setup/node-packages.mjs";
import { readyPulumi } from "./setup/pulumi.mjs";
import { isLocalStack, projectName, stackEnvironment } from "./support/local-stack.mjs";
import { main } from "./support/main.mjs";
import { NotReady } from "./support/not-ready.mjs";
import { say } from "./support/progress.mjs";
import { streamPulumi } from "./support/pulumi-output.mjs";
import { digestsOf, historyOf, isSame, listing, releaseOf } from "./support/release-history.mjs";
import { lastLines, run } from "./support/run.mjs";

const usage = "npm run rollback -- --stack <name> [--to v<number> | --to sha256:<digest>] [--yes]";

/** @returns {{ stack: string, to?: string, yes?: boolean }} */
function options() {
  try {
    const text = /** @type {const} */ ({ type: "string" });
    const { values } = parseArgs({ options: { stack: text, to: text, yes: { type: "boolean" } } });
    if (values.stack) return { ...values, stack: values.stack };
  } catch {
    // What is wrong with the options, the usage tells.
  }
  throw new NotReady(`name the stack to roll back: ${usage}`);
}

/** Lists the releases that a stack can go back to, or goes back to one of them. */
await main(async () => {
  const { stack, to, yes } = options();
  const report = (/** @type {string} */ note) => say(note);
  await nodePackages(report);
  const pulumi = await readyPulumi(report);
  const env = isLocalStack(stack) ? stackEnvironment(stack) : { ...process.env, PULUMI_STACK: stack };

  /** @param {string[]} args */
  const ask = async (...args) => {
    const result = await run(pulumi, [...args, "--stack", stack, "--non-interactive"], { cwd: process.cwd(), env });
    if (!result.ok) throw new NotReady(`pulumi ${args.join(" ")} failed:\n${lastLines(result.output)}`);
    return result.stdout;
  };

  const history = historyOf(await ask("stack", "export"), stack);
  if (!to) {
    say(`${listing(history)}\n\nTo go back: ${usage}`);
    return 0;
  }
  const release = releaseOf(history, to);
  if (isSame(release, history[0])) {
    say(`v${release.version} has the images that ${stack} runs now; nothing to do`);
    return 0;
  }
  const key = `${projectName()}:images`;
  const images = Object.entries(digestsOf(release));
  const pairs = images.flatMap(([type, digest]) => ["--plaintext", `${key}.${type}=${digest}`]);
  const { [key]: before } = JSON.parse(await ask("config", "--json"));
  await ask("config", "set-all", "--path", ...pairs);
  // Only then what was there before: cut off in between, the key is refused rather than missing, which would mean to build.
  const others = Object.keys(before?.objectValue ?? {}).filter((name) => !(name in release.images));
  for (const name of others) await ask("config", "rm", "--path", `${key}.${name}`);
  say(`Pulumi.${stack}.yaml now runs the images of v${release.version}: ${key}`);
  const code = await streamPulumi(pulumi, ["up", "--stack", stack, ...(yes ? ["--yes"] : [])], {
    cwd: process.cwd(),
    env,
  });
  say(`\nTo go on from here: take ${key} out of Pulumi.${stack}.yaml, or name a stack there; then pulumi up.`);
  return code;
});
