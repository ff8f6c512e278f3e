import { existsSync, readFileSync } from "node:fs";
import { engineVersion, shareDockerContext } from "../support/docker.mjs";
import { findExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { backgroundLog, backgroundPid, pause, startInBackground } from "../support/processes.mjs";
import { lastLines, run } from "../support/run.mjs";
import { canInstallPackages, installPackages, isRoot, packageExists } from "./apt.mjs";

const patience = 60_000;

/** @typedef {import("../support/progress.mjs").Report} Report */

const hasSystemd = () => existsSync("/run/systemd/system");

/** What to install where we do not do it ourselves. */
function installHint() {
  if (process.platform === "linux") {
    return "Docker is not installed; install Docker Engine (on Debian and Ubuntu the package docker.io) and start it";
  }
  return "Docker is not installed; install Docker Desktop and start it";
}

/** @param {string} error what the Docker client said */
function notRunning(error) {
  if (process.env.DOCKER_HOST) {
    return `no Docker engine answers at DOCKER_HOST, got ${process.env.DOCKER_HOST}; start it there or unset DOCKER_HOST`;
  }
  if (/permission denied/i.test(error)) {
    return "this user may not use the Docker engine; add the user to the group docker and log in again";
  }
  return process.platform === "linux"
    ? "Docker is installed but not running; start it with: sudo systemctl start docker"
    : "Docker is installed but not running; start Docker Desktop";
}

/** @param {Report} report */
async function installDocker(report) {
  const packages = ["docker.io"];
  if (!findExecutable("docker") && (await packageExists("docker-cli"))) packages.push("docker-cli");
  if (!hasSystemd() && (await packageExists("cgroupfs-mount"))) packages.push("cgroupfs-mount");
  report(`installing Debian's packages ${packages.join(", ")}, since there is no Docker engine here`);
  await installPackages(...packages);
}

/** Containers need control groups; without systemd nobody may have mounted them. */
async function mountControlGroups() {
  const mounted = /^\S+ \S+ cgroup2? /m.test(readFileSync("/proc/mounts", "utf8"));
  if (mounted) return;
  if (findExecutable("cgroupfs-mount")) await run("cgroupfs-mount", []);
  else await run("mount", ["-t", "cgroup2", "cgroup2", "/sys/fs/cgroup"]);
}

/** @returns {Promise<string>} the engine's version */
async function waitForEngine() {
  const end = Date.now() + patience;
  for (;;) {
    const engine = await engineVersion();
    if ("version" in engine) return engine.version;
    const died = !hasSystemd() && backgroundPid("dockerd") === undefined;
    if (died || Date.now() > end) {
      const log = lastLines(backgroundLog("dockerd")) || engine.error;
      throw new NotReady(`the Docker engine does not start, see .local/dockerd.log:\n${log}`);
    }
    await pause(200);
  }
}

/**
 * Starts an installed Docker engine as root: as the system's service where systemd runs, else by itself in the background.
 * @param {string} dockerd
 * @param {Report} report
 */
async function startEngine(dockerd, report) {
  if (hasSystemd()) {
    report("starting the service docker");
    await run("systemctl", ["start", "docker"], { timeout: patience });
  } else {
    report("starting dockerd in the background, its log is .local/dockerd.log; npm stop ends it");
    await mountControlGroups();
    startInBackground("dockerd", dockerd, []);
  }
  return await waitForEngine();
}

/**
 * Makes a Docker engine answer: uses the one that runs, starts the one that is installed, or, as root on Debian or Ubuntu,
 * installs one.
 * @param {Report} report
 * @returns {Promise<string>} what was found or done
 */
export async function dockerEngine(report) {
  if (findExecutable("docker")) {
    await shareDockerContext();
    const engine = await engineVersion();
    if ("version" in engine) return engine.version;
    if (process.env.DOCKER_HOST) throw new NotReady(notRunning(engine.error));
    if (findExecutable("dockerd") && !isRoot()) throw new NotReady(notRunning(engine.error));
    if (process.platform !== "linux") throw new NotReady(notRunning(engine.error));
  }
  if (!findExecutable("dockerd") || !findExecutable("docker")) {
    if (!canInstallPackages()) throw new NotReady(installHint());
    await installDocker(report);
    const engine = await engineVersion();
    if ("version" in engine) return `${engine.version}, installed`;
  }
  const dockerd = findExecutable("dockerd");
  if (!dockerd) throw new NotReady(installHint());
  return `${await startEngine(dockerd, report)}, started`;
}
