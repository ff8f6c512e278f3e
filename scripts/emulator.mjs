import { setUpDocker, setUpNodePackages } from "./setup/index.mjs";
import { listener, localHerokuCommand, requireOurs } from "./support/local-heroku.mjs";
import { localHerokuUrl } from "./support/local-heroku-url.mjs";
import { main } from "./support/main.mjs";
import { NotReady } from "./support/not-ready.mjs";
import { root } from "./support/paths.mjs";
import { stream } from "./support/run.mjs";

/** Whether the options ask for another instance than the one that npm start uses, or for something else than to serve. */
const isOther = (/** @type {string[]} */ options) =>
  options.some((option) => /^(--port|--data|--destroy|--help|-h)\b/.test(option));

await main(async () => {
  const options = process.argv.slice(2);
  await setUpNodePackages();
  if (!isOther(options)) {
    const who = await listener();
    requireOurs(who);
    if (who === "ours") {
      const { origin } = localHerokuUrl();
      throw new NotReady(`Local Heroku runs already at ${origin}; end it with npm stop, or choose --port and --data`);
    }
    const docker = await setUpDocker();
    if (docker.missing !== undefined) return 1;
  }
  return await stream(process.execPath, localHerokuCommand(options), { cwd: root });
});
