import { setUpDocker, setUpNodePackages } from "./setup/index.mjs";
import { backgroundName, isLocalHerokuRunning, localHerokuCommand, requireFreePort } from "./support/local-heroku.mjs";
import { localHerokuUrl } from "./support/local-heroku-url.mjs";
import { main } from "./support/main.mjs";
import { NotReady } from "./support/not-ready.mjs";
import { root } from "./support/paths.mjs";
import { rememberPid } from "./support/processes.mjs";
import { stream } from "./support/run.mjs";

/** Whether the user asks for another instance than the one that npm start uses, or for help. */
const isOther = (/** @type {string[]} */ options) => options.some((one) => /^(--port|--data|--help|-h)\b/.test(one));

await main(async () => {
  const options = process.argv.slice(2);
  await setUpNodePackages();
  if (isOther(options)) return await stream(process.execPath, localHerokuCommand(options), { cwd: root });

  const url = localHerokuUrl();
  if (isLocalHerokuRunning()) {
    throw new NotReady(`Local Heroku runs already at ${url.origin}; end it with npm stop, or choose --port and --data`);
  }
  await requireFreePort(url);
  const docker = await setUpDocker();
  if (docker.missing !== undefined) return 1;
  return await stream(process.execPath, localHerokuCommand(options), {
    cwd: root,
    onStart: (pid) => rememberPid(backgroundName, pid),
  });
});
