import { existsSync } from "node:fs";
import { setUpDocker, setUpNodePackages, setUpPulumi } from "./setup/index.mjs";
import { appLog } from "./support/app-log.mjs";
import { ask } from "./support/http.mjs";
import { startLocalHeroku } from "./support/local-heroku.mjs";
import {
  enginelessMemory,
  hasResources,
  prepareStack,
  pulumiStream,
  stack,
  stackEnvironment,
  stackOutputs,
} from "./support/local-stack.mjs";
import { main } from "./support/main.mjs";
import { NotReady } from "./support/not-ready.mjs";
import { root } from "./support/paths.mjs";
import { pause } from "./support/processes.mjs";
import { outcome, say, step } from "./support/progress.mjs";
import { run } from "./support/run.mjs";

const since = performance.now();

/**
 * Brings the stack `local` up with the real engine.
 * @param {string} pulumi path of the CLI
 * @returns {Promise<Record<string, unknown> | undefined>} the stack's outputs, undefined when the update failed
 */
async function up(pulumi) {
  if (existsSync(enginelessMemory)) await engineless("down");
  await prepareStack(pulumi);
  say("");
  const code = await pulumiStream(pulumi, ["up", "--yes", "--stack", stack]);
  say("");
  return code === 0 ? stackOutputs() : undefined;
}

/**
 * Runs the program without the engine, or takes down what that made.
 * @param {"up" | "down"} command
 */
const engineless = (command) =>
  run(process.execPath, ["--require", "sucrase/register/ts", "engineless/main.ts", command, "--stack", stack], {
    cwd: root,
    env: stackEnvironment(),
    onOutput: (text) => process.stdout.write(text),
  });

/**
 * Brings the stack `local` up without the engine. The program's run prints what it does, then the outputs as JSON.
 * @returns {Promise<Record<string, unknown> | undefined>} the program's outputs, undefined when it failed
 */
async function upWithoutEngine() {
  if (hasResources()) {
    throw new NotReady("the stack local was brought up by the Pulumi CLI; install it again, or run npm stop first");
  }
  say("\n  Without Pulumi's engine there is no preview, no diff and no state: the program is run as it is.\n");
  const { ok, stdout } = await engineless("up");
  say("");
  return ok ? JSON.parse(stdout.slice(stdout.search(/^\{$/m))) : undefined;
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
  await setUpNodePackages();
  const docker = await setUpDocker();
  if (docker.missing !== undefined) return 1;
  const pulumi = await setUpPulumi();
  await step("Local Heroku", startLocalHeroku, (result) => result);

  const outputs = pulumi.missing === undefined ? await up(pulumi.value) : await upWithoutEngine();
  if (outputs === undefined) {
    outcome("failed", "stack local", "is not up; what was made is kept, and npm start goes on from there", since);
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
  say("\n  npm start again applies what you change; npm stop takes everything down.");
  return 0;
});
