import { Emulator } from "../../../support/emulator";

/** A Local Heroku with the app `sketch` and provisioning delays. */
export async function openWithSketch(delays: Record<string, number> = {}): Promise<Emulator> {
  const heroku = await Emulator.open({ delays });
  await heroku.post("/apps", { name: "sketch" });
  return heroku;
}

/** Adds a database `sketch-db` to the app, or another add-on. */
export function createAddon(heroku: Emulator, fields: object = {}) {
  return heroku.post("/apps/sketch/addons", { plan: "heroku-postgresql:essential-0", name: "sketch-db", ...fields });
}

/** The descriptions of the app's releases, oldest first, without the two initial ones. */
export async function descriptions(heroku: Emulator): Promise<string[]> {
  const { body } = await heroku.get<{ description: string }[]>("/apps/sketch/releases");
  return body.slice(2).map(({ description }) => description);
}
