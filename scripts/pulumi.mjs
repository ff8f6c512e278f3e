import { nodePackages } from "./setup/node-packages.mjs";
import { readyPulumi } from "./setup/pulumi.mjs";
import { ownStack, prepareStack, requireLocalStack, stackEnvironment } from "./support/local-stack.mjs";
import { main } from "./support/main.mjs";
import { root } from "./support/paths.mjs";
import { streamPulumi } from "./support/pulumi-output.mjs";

/** Standard output is the CLI's alone, for `npm run --silent pulumi -- stack output --json`. @param {string} note */
const report = (note) => process.stderr.write(`${note}\n`);

/**
 * The stack that a command names, as the CLI would read it.
 * @param {string[]} args
 */
function stackOf(args) {
  const at = args.findIndex((arg) => /^(--stack|-s)(=|$)/.test(arg));
  if (at < 0) return ownStack;
  return args[at]?.split("=")[1] ?? args[at + 1] ?? ownStack;
}

await main(async () => {
  const args = process.argv.slice(2);
  const stack = stackOf(args);
  requireLocalStack(stack);
  await nodePackages(report);
  const pulumi = await readyPulumi(report);
  await prepareStack(pulumi, stack);
  return await streamPulumi(pulumi, args, { cwd: root, env: stackEnvironment(stack) });
});
