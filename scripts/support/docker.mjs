import { run } from "./run.mjs";

/**
 * Runs the Docker client.
 * @param {string[]} args
 * @param {import("./run.mjs").RunOptions} [options]
 */
export const docker = (args, options) => run("docker", args, { timeout: 60_000, ...options });

/**
 * The version of the engine that answers.
 * @returns {Promise<{ version: string } | { error: string }>}
 */
export async function engineVersion() {
  const result = await docker(["version", "--format", "{{.Server.Version}}"], { timeout: 15_000 });
  return result.ok ? { version: result.stdout } : { error: result.output };
}

/**
 * Lets programs that know no Docker contexts (Local Heroku, the Docker provider) find the engine that the client uses.
 */
export async function shareDockerContext() {
  if (process.env.DOCKER_HOST) return;
  const result = await docker(["context", "inspect", "--format", "{{.Name}} {{.Endpoints.docker.Host}}"]);
  const [name, host] = result.stdout.split(" ");
  if (result.ok && name !== "default" && host) process.env.DOCKER_HOST = host;
}
