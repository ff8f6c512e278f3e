import { findExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { canInstallPackages, installPackages, osRelease } from "./apt.mjs";

const names = ["chromium", "chromium-browser", "google-chrome"];

/**
 * Finds a Chromium for the browser tests, or installs Debian's. Ubuntu's package is a snap, which servers cannot run.
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<string>} its path
 */
export async function chromium(report) {
  const found = process.env.CHROMIUM_PATH || findExecutable(...names);
  if (found) return found;
  if (!canInstallPackages() || osRelease("ID") !== "debian") {
    throw new NotReady("no Chromium is installed; install it, or set CHROMIUM_PATH to one");
  }
  report("installing Debian's package chromium");
  await installPackages("chromium");
  const installed = findExecutable(...names);
  if (!installed) throw new NotReady("Debian's package chromium has brought no browser; set CHROMIUM_PATH to one");
  return installed;
}
