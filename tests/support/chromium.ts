import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome"];
const folders = (process.env.PATH ?? "").split(delimiter);

/** The path of a Chromium of this machine, if there is one. */
const chromiumPath =
  process.env.CHROMIUM_PATH ||
  names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));

/** A group of tests that use Chromium, skipped where there is none. */
export const describeInChromium = (title: string, tests: () => void): void =>
  chromiumPath === undefined
    ? describe.skip(`${title} (skipped: Chromium is not installed)`, tests)
    : describe(title, tests);

/** Starts Chromium so that it asks nothing of the network but what its pages do. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
