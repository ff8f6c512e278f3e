import { setUpDocker, setUpNodePackages, setUpPulumi } from "./setup/index.mjs";
import { appLog } from "./support/app-log.mjs";
import { ask } from "./support/http.mjs";
import { startLocalHeroku } from "./support/local-heroku.mjs";
import { ownStack, prepareStack, pulumiStream, requireLocalStack, stackOutputs } from "./support/local-stack.mjs";
import { main } from "./support/main.mjs";
import { pause } from "./support/processes.mjs";
import { outcome, say, step } from "./support/progress.mjs";
import { stackOptions } from "./support/stack-options.mjs";
import { takeVerbose } from "./support/verbose.mjs";

const since = performance.now();

/**
 * Brings a stack up.
 * @param {string} pulumi path of the CLI
 * @param {string} stack
 * @returns {Promise<Record<string, unknown> | undefined>} the stack's outputs, undefined when the update failed
 */
async function up(pulumi, stack) {
  await prepareStack(pulumi, stack);
  say("");
  const code = await pulumiStream(pulumi, stack, ["up", "--yes"]);
  say("");
  return code === 0 ? stackOutputs(stack) : undefined;
}

/**
 * Waits until the app answers: its dynos may still be starting when everything is released.
 * @param {URL} url
 * @returns {Promise<boolean>}
 */
async function answers(url) {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const status = (await ask(url))?.status ?? 599;
    if (status < 500) return true;
    await pause(200);
  }
  return false;
}

await main(async () => {
  const { stack = ownStack, verbose } = stackOptions(process.argv.slice(2), "start");
  takeVerbose(verbose);
  requireLocalStack(stack);
  await setUpNodePackages();
  const docker = await setUpDocker();
  if (docker.missing !== undefined) return 1;
  const pulumi = await setUpPulumi();
  if (pulumi.missing !== undefined) return 1;
  await step("Local Heroku", startLocalHeroku, (result) => result);

  const outputs = await up(pulumi.value, stack);
  if (outputs === undefined) {
    outcome("failed", `stack ${stack}`, "is not up; what was made is kept, and npm start goes on from there", since);
    say("  The logs of Local Heroku are in .local/local-heroku.log; npm stop takes everything down.");
    return 1;
  }
  const url = new URL(String(outputs.appUrl));
  if (!(await answers(url))) {
    outcome("failed", "app", `${url.href} does not answer; the last lines of its log:`, since);
    say(await appLog(String(outputs.appName)));
    return 1;
  }
  outcome("done", "app", url.href, since);
  const again = stack === ownStack ? "npm start" : `npm start -- --stack ${stack}`;
  say(`\n  ${again} again applies what you change; npm stop takes everything down.`);
  return 0;
});
