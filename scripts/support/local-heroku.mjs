import { join } from "node:path";
import { ask } from "./http.mjs";
import { localHerokuUrl } from "./local-heroku-url.mjs";
import { NotReady } from "./not-ready.mjs";
import { local, root } from "./paths.mjs";
import { backgroundLog, backgroundPid, pause, startInBackground, stopInBackground } from "./processes.mjs";
import { lastLines, run } from "./run.mjs";

/** Its process number and log are kept under this name in `.local/`. */
export const backgroundName = "local-heroku";

/** Everything that Local Heroku keeps, but its containers and volumes. */
export const dataFolder = local("heroku");

const startPatience = 180_000;
const stopPatience = 60_000;

/**
 * How Node runs Local Heroku.
 * @param {string[]} options
 */
export const localHerokuCommand = (options) => [
  "--require",
  "tsx/cjs",
  join(root, "emulator", "main.ts"),
  "--port",
  localHerokuUrl().port,
  "--data",
  dataFolder,
  ...options,
];

export const isLocalHerokuRunning = () => backgroundPid(backgroundName) !== undefined;

/**
 * Fails when another program listens where Local Heroku would.
 * @param {URL} url
 */
export async function requireFreePort(url) {
  if ((await ask(url)) === undefined) return;
  throw new NotReady(
    `another program listens on port ${url.port}; end it, or give Local Heroku another port in Pulumi.local.yaml ` +
      "(heroku:url and the three addresses of heroku-native)",
  );
}

/**
 * Starts Local Heroku in the background, unless it runs already, and waits until it answers.
 * @param {import("./progress.mjs").Report} report
 * @returns {Promise<string>} its address, and whether it ran already
 */
export async function startLocalHeroku(report) {
  const url = localHerokuUrl();
  if (isLocalHerokuRunning()) {
    await waitForAnswer(url);
    return `${url.origin}, running already`;
  }
  await requireFreePort(url);
  report("starting, its log is .local/local-heroku.log; the first start builds the image of the data services");
  startInBackground(backgroundName, process.execPath, localHerokuCommand([]), { cwd: root });
  await waitForAnswer(url);
  return url.origin;
}

/** @param {URL} url */
async function waitForAnswer(url) {
  const end = Date.now() + startPatience;
  while ((await ask(url)) === undefined) {
    if (!isLocalHerokuRunning() || Date.now() > end) {
      const log = lastLines(backgroundLog(backgroundName), 8);
      throw new NotReady(`Local Heroku does not start, see .local/local-heroku.log:\n${log}`);
    }
    await pause(50);
  }
}

/** Stops Local Heroku, and removes every container, volume and network of it. */
export async function removeLocalHeroku() {
  await stopInBackground(backgroundName, stopPatience);
  const removed = await run(process.execPath, localHerokuCommand(["--destroy"]), { cwd: root, timeout: 120_000 });
  if (!removed.ok) throw new NotReady(`Local Heroku's containers cannot be removed:\n${lastLines(removed.output)}`);
}
