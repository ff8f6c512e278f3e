import { spawnSync } from "node:child_process";
import type { Issue } from "../validation/issue";

/** How long an engine may take to answer, in milliseconds. */
const PATIENCE = 10_000;

/**
 * What is wrong with the Docker engine that builds the images. Docker's own command is asked, since it knows contexts and
 * DOCKER_HOST as the provider does; where there is none, the provider tells once it is needed.
 */
export function dockerEngineIssue(): Issue | undefined {
  const { status, stderr, error } = spawnSync("docker", ["version", "--format", "{{.Server.Version}}"], {
    encoding: "utf8",
    timeout: PATIENCE,
  });
  const isAbsent = error !== undefined && "code" in error && error.code === "ENOENT";
  if (status === 0 || isAbsent) return undefined;
  const said = stderr.trim().split("\n").at(-1) || `no answer within ${PATIENCE / 1_000} s`;
  return {
    propertyPath: "Docker engine",
    reason: `must be running to build the images, got "${said}"; start it, or set DOCKER_HOST to where it runs`,
  };
}
