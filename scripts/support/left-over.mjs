import { docker } from "./docker.mjs";

/** What an instance can leave on the Docker engine, containers first: they hold the others. */
const kinds = [
  { kind: "container", list: ["ps", "--all", "--quiet"], remove: ["rm", "--force", "--volumes"] },
  { kind: "volume", list: ["volume", "ls", "--quiet"], remove: ["volume", "rm", "--force"] },
  { kind: "network", list: ["network", "ls", "--quiet"], remove: ["network", "rm"] },
];

/**
 * Removes what is left on the Docker engine of an instance of Local Heroku, for when it cannot do so itself.
 * @param {string} instance
 * @returns {Promise<string[]>} what could not be removed, e.g. `volume 4f1c`
 */
export async function removeLeftOver(instance) {
  const stays = [];
  for (const { kind, list, remove } of kinds) {
    const find = async () => {
      const found = await docker([...list, "--filter", `label=local-heroku.instance=${instance}`]);
      return found.stdout.split("\n").filter(Boolean);
    };
    const found = await find();
    if (found.length === 0) continue;
    await docker([...remove, ...found]);
    stays.push(...(await find()).map((id) => `${kind} ${id}`));
  }
  return stays;
}

/**
 * Removes the images that were built to be pushed to Local Heroku. What the builder keeps to build them again stays.
 * @param {string} registry host and port
 */
export async function removePushedImages(registry) {
  const format = "{{.Repository}}:{{.Tag}}";
  const images = await docker(["images", "--filter", `reference=${registry}/*/*`, "--format", format]);
  const found = images.stdout.split("\n").filter((image) => image !== "" && !image.includes("<none>"));
  if (found.length > 0) await docker(["rmi", "--no-prune", ...found]);
}
