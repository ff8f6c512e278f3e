import { existsSync, rmSync } from "node:fs";
import { dockerEngine } from "./setup/docker-engine.mjs";
import { setUpNodePackages } from "./setup/index.mjs";
import { readyPulumi } from "./setup/pulumi.mjs";
import { removeLeftOver, removePushedImages } from "./support/left-over.mjs";
import { dataFolder, instanceId, listener, removeLocalHeroku, startLocalHeroku } from "./support/local-heroku.mjs";
import { localHerokuUrl } from "./support/local-heroku-url.mjs";
import { forgetStacks, prepareStack, pulumiStream, requireLocalStack, stacksUp } from "./support/local-stack.mjs";
import { main } from "./support/main.mjs";
import { NotReady } from "./support/not-ready.mjs";
import { stopOwnDockerd } from "./support/own-dockerd.mjs";
import { outcome, say, step } from "./support/progress.mjs";
import { stackOptions } from "./support/stack-options.mjs";
import { takeVerbose } from "./support/verbose.mjs";

/**
 * @param {string} stack
 * @returns {Promise<boolean>} whether `pulumi destroy` took down what the state names
 */
async function destroyed(stack) {
  const pulumi = await step("Pulumi CLI", readyPulumi, (path) => path);
  await prepareStack(pulumi, stack);
  say("");
  const code = await pulumiStream(pulumi, stack, ["destroy", "--yes", "--skip-preview"]);
  say("");
  return code === 0;
}

/**
 * Takes all stacks down with the engine. Where that fails, removing Local Heroku takes down the same things, and the state is
 * forgotten with them.
 * @param {string[]} stacks
 */
async function destroyStacks(stacks) {
  try {
    await step("Local Heroku", startLocalHeroku, (result) => result);
    for (const stack of stacks) {
      if (await destroyed(stack)) continue;
      outcome("left", "pulumi destroy", `has failed for ${stack}; Local Heroku is removed, and the state with it`);
      forgetStacks();
      return;
    }
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    outcome("left", "pulumi destroy", `is left out, and the state forgotten with Local Heroku: ${error.message}`);
    forgetStacks();
  }
}

/**
 * Takes one stack down and leaves Local Heroku to the others.
 * @param {string} stack
 * @returns {Promise<number>} exit code
 */
async function stopOne(stack) {
  requireLocalStack(stack);
  await setUpNodePackages();
  await step("Docker engine", dockerEngine, (version) => version);
  await step("Local Heroku", startLocalHeroku, (result) => result);
  const isDestroyed = await destroyed(stack);
  const others = stacksUp().filter((name) => name !== stack);
  if (isDestroyed) outcome("done", `stack ${stack}`, `taken down; ${others.join(", ")} still running`);
  return isDestroyed ? 0 : 1;
}

/** Removes Local Heroku, by itself or, where it cannot, what it left on the Docker engine. */
async function removeInstance() {
  const instance = instanceId();
  try {
    await removeLocalHeroku();
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    outcome("left", "Local Heroku", error.message);
  }
  const stays = await removeLeftOver(instance);
  if (stays.length > 0) throw new NotReady(`Docker does not let go of ${stays.join(", ")}; remove them by hand`);
  await removePushedImages(localHerokuUrl().host);
  rmSync(dataFolder, { recursive: true, force: true });
}

await main(async () => {
  const { stack, verbose } = stackOptions(process.argv.slice(2), "stop");
  takeVerbose(verbose);
  const since = performance.now();
  const stacks = stacksUp();
  if (stack !== undefined && !stacks.includes(stack)) {
    say(`the stack ${stack} is not up`);
    return 0;
  }
  if (stack !== undefined && stacks.length > 1) return await stopOne(stack);
  const isThere = (await listener()) === "ours" || existsSync(dataFolder);
  const found = isThere || stacks.length > 0;
  if (found) {
    await setUpNodePackages();
    await step("Docker engine", dockerEngine, (version) => version);
    if (stacks.length > 0) await destroyStacks(stacks);
    await step("Local Heroku", removeInstance, () => "removed, with its containers, volumes and networks");
  }
  const dockerd = await stopOwnDockerd();
  if (dockerd === "stopped") outcome("done", "Docker engine", "stopped, as npm start or npm test had started it");
  if (dockerd === "in use") outcome("left", "Docker engine", "left running, since other containers run on it");
  if (found || dockerd !== "not ours") outcome("done", "npm stop", "nothing of this project is left running", since);
  else say("nothing is running");
  return 0;
});
