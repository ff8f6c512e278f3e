import { spawnSync } from "node:child_process";
import type { Issue } from "../validation/issue";

/** How long to wait for the engine, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * What is wrong with the Docker engine that builds the images. Runs Docker's own command, since it finds contexts and
 * DOCKER_HOST as the provider does; if it is missing, the provider reports an engine that it cannot reach.
 */
export function dockerEngineIssue(): Issue | undefined {
  const { status, stderr, error } = spawnSync("docker", ["version", "--format", "{{.Server.Version}}"], {
    encoding: "utf8",
    timeout: TIMEOUT,
  });
  const isAbsent = error !== undefined && "code" in error && error.code === "ENOENT";
  if (status === 0 || isAbsent) return undefined;
  const said = stderr.trim().split("\n").at(-1) || `no response within ${TIMEOUT / 1_000} s`;
  return {
    propertyPath: "Docker engine",
    reason: `must be running to build the images, got "${said}"; start it, or set DOCKER_HOST to where it runs`,
  };
}
