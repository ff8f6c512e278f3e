import { localHerokuUrl } from "./local-heroku-url.mjs";

/** Opens nothing outside this machine. */
const apiKey = "local-heroku";

/**
 * The end of an app's log, as Heroku's log sessions give it.
 * @param {string} app
 */
export async function appLog(app) {
  const { origin } = localHerokuUrl();
  try {
    const session = await fetch(`${origin}/apps/${app}/log-sessions`, {
      method: "POST",
      headers: {
        Accept: "application/vnd.heroku+json; version=3",
        Authorization: `Bearer ${apiKey}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify({ lines: 20, tail: false }),
    });
    const { logplex_url: url } = await session.json();
    return await (await fetch(url)).text();
  } catch (error) {
    return `the log cannot be read: ${error instanceof Error ? error.message : error}`;
  }
}
