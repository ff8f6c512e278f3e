import { docker } from "./docker.mjs";
import { backgroundPid, stopInBackground } from "./processes.mjs";

/**
 * Stops the Docker engine that set-up started in the background, unless containers of others run on it.
 * @returns {Promise<"stopped" | "in use" | "not ours">}
 */
export async function stopOwnDockerd() {
  if (backgroundPid("dockerd") === undefined) return "not ours";
  const containers = await docker(["ps", "--quiet"]);
  if (containers.ok && containers.stdout !== "") return "in use";
  await stopInBackground("dockerd", 30_000);
  return "stopped";
}
