import { existsSync, rmSync } from "node:fs";
import { dockerEngine } from "./setup/docker-engine.mjs";
import { setUpNodePackages } from "./setup/index.mjs";
import { readyPulumi } from "./setup/pulumi.mjs";
import { removeLeftOver, removePushedImages } from "./support/left-over.mjs";
import { dataFolder, instanceId, listener, removeLocalHeroku, startLocalHeroku } from "./support/local-heroku.mjs";
import { localHerokuUrl } from "./support/local-heroku-url.mjs";
import { forgetStack, hasResources, prepareStack, pulumiStream, stack } from "./support/local-stack.mjs";
import { main } from "./support/main.mjs";
import { NotReady } from "./support/not-ready.mjs";
import { stopOwnDockerd } from "./support/own-dockerd.mjs";
import { outcome, say, step } from "./support/progress.mjs";
import { takeVerbose } from "./support/verbose.mjs";

/** @returns {Promise<boolean>} whether `pulumi destroy` took down what the state names */
async function destroyed() {
  await step("Local Heroku", startLocalHeroku, (result) => result);
  const pulumi = await step("Pulumi CLI", readyPulumi, (path) => path);
  await prepareStack(pulumi);
  say("");
  const code = await pulumiStream(pulumi, ["destroy", "--yes", "--skip-preview", "--stack", stack]);
  say("");
  return code === 0;
}

/**
 * Takes the stack down with the engine. Where that fails, removing Local Heroku takes down the same things, and the state is
 * forgotten with them.
 */
async function destroyStack() {
  try {
    if (await destroyed()) return;
    outcome("left", "pulumi destroy", "has failed; Local Heroku is removed with all it holds, and the state with it");
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    outcome("left", "pulumi destroy", `is left out, and the state forgotten with Local Heroku: ${error.message}`);
  }
  forgetStack();
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
  takeVerbose(process.argv.slice(2));
  const since = performance.now();
  const isThere = (await listener()) === "ours" || existsSync(dataFolder);
  const found = isThere || hasResources();
  if (found) {
    await setUpNodePackages();
    await step("Docker engine", dockerEngine, (version) => version);
    if (hasResources()) await destroyStack();
    await step("Local Heroku", removeInstance, () => "removed, with its containers, volumes and networks");
  }
  const dockerd = await stopOwnDockerd();
  if (dockerd === "stopped") outcome("done", "Docker engine", "stopped, as npm start or npm test had started it");
  if (dockerd === "in use") outcome("left", "Docker engine", "left running, since other containers run on it");
  if (found || dockerd !== "not ours") outcome("done", "npm stop", "nothing of this project is left running", since);
  else say("nothing is running");
  return 0;
});
