import { nodePackages } from "./setup/node-packages.mjs";
import { readyPulumi } from "./setup/pulumi.mjs";
import { prepareStack, stackEnvironment } from "./support/local-stack.mjs";
import { main } from "./support/main.mjs";
import { root } from "./support/paths.mjs";
import { streamPulumi } from "./support/pulumi-output.mjs";

/** Standard output is the CLI's alone, for `npm run --silent pulumi -- stack output --json`. @param {string} note */
const report = (note) => process.stderr.write(`${note}\n`);

await main(async () => {
  await nodePackages(report);
  const pulumi = await readyPulumi(report);
  await prepareStack(pulumi);
  return await streamPulumi(pulumi, process.argv.slice(2), { cwd: root, env: stackEnvironment() });
});
