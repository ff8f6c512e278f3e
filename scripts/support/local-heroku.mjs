import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { ask } from "./http.mjs";
import { localHerokuUrl } from "./local-heroku-url.mjs";
import { NotReady } from "./not-ready.mjs";
import { local, root } from "./paths.mjs";
import { backgroundLog, backgroundPid, endProcess, pause, startInBackground, stopInBackground } from "./processes.mjs";
import { lastLines, run } from "./run.mjs";

/** Its log and process number are kept under this name in `.local/`. */
const backgroundName = "local-heroku";

/** Everything that Local Heroku keeps, but its containers and volumes. */
export const dataFolder = local("heroku");

/** The first start builds an image, which a slow network or machine may make long; an end of the process shows at once. */
const startPatience = 900_000;
const stopPatience = 60_000;

/**
 * How Node runs Local Heroku.
 * @param {string[]} options
 */
export const localHerokuCommand = (options) => [
  ...["--require", "sucrase/register/ts", join(root, "emulator", "main.ts")],
  ...["--port", localHerokuUrl().port, "--data", dataFolder],
  ...options,
];

/** How Local Heroku names the instance of a data folder, in its health route and on its Docker objects. */
export const instanceId = () =>
  createHash("sha256")
    .update(existsSync(dataFolder) ? realpathSync(dataFolder) : dataFolder)
    .digest("hex")
    .slice(0, 8);

/** @param {string} body of the health route */
function instanceOf(body) {
  try {
    return JSON.parse(body).instance;
  } catch {
    return undefined;
  }
}

/**
 * Who listens on Local Heroku's port.
 * @returns {Promise<"ours" | "another Local Heroku" | "another program" | "nobody">}
 */
export async function listener() {
  const answer = await ask(new URL("/_local/health", localHerokuUrl()));
  if (answer === undefined) return backgroundPid(backgroundName) === undefined ? "nobody" : "ours";
  const instance = instanceOf(answer.body);
  if (instance === undefined) return "another program";
  return instance === instanceId() ? "ours" : "another Local Heroku";
}

/**
 * Fails when somebody else listens where Local Heroku would.
 * @param {Awaited<ReturnType<typeof listener>>} who
 */
export function requireOurs(who) {
  if (who === "ours" || who === "nobody") return;
  throw new NotReady(
    `${who} listens on port ${localHerokuUrl().port}; end it, or give this Local Heroku another port in Pulumi.local.yaml ` +
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
  const who = await listener();
  requireOurs(who);
  if (who === "nobody") {
    report("starting");
    startInBackground(backgroundName, process.execPath, localHerokuCommand([]), { cwd: root });
  }
  const end = Date.now() + startPatience;
  while ((await ask(new URL("/_local/health", url)))?.status !== 200) {
    if (backgroundPid(backgroundName) === undefined || Date.now() > end) {
      const log = lastLines(backgroundLog(backgroundName), 25);
      throw new NotReady(`Local Heroku does not start, see .local/local-heroku.log:\n${log}`);
    }
    const said = lastLines(backgroundLog(backgroundName), 1);
    if (who === "nobody" && said !== "") report(said);
    await pause(50);
  }
  return who === "nobody" ? url.origin : `${url.origin}, running already`;
}

/** The process that holds the data folder, as Local Heroku notes it there. */
function holder() {
  try {
    return Number(readFileSync(join(dataFolder, "lock"), "utf8").split(" ")[0]) || undefined;
  } catch {
    return undefined;
  }
}

/** Stops Local Heroku, and removes every container, volume and network of it. */
export async function removeLocalHeroku() {
  const pid = (await listener()) === "ours" ? holder() : undefined;
  if (pid !== undefined) await endProcess(pid, stopPatience);
  await stopInBackground(backgroundName, stopPatience);
  const removed = await run(process.execPath, localHerokuCommand(["--destroy"]), { cwd: root, timeout: 120_000 });
  if (!removed.ok) throw new NotReady(`Local Heroku's containers cannot be removed:\n${lastLines(removed.output)}`);
}
