import { NotReady } from "../support/not-ready.mjs";
import { outcome, step } from "../support/progress.mjs";
import { actionlint } from "./actionlint.mjs";
import { baseImageStep } from "./base-image.mjs";
import { chromium } from "./chromium.mjs";
import { dockerEngine } from "./docker-engine.mjs";
import { herokuCli } from "./heroku-cli.mjs";
import { linkLanguageHost } from "./language-host.mjs";
import { nodePackages } from "./node-packages.mjs";
import { pulumiCli } from "./pulumi-cli.mjs";
import { linkProviders } from "./pulumi-plugins.mjs";

/**
 * A part of the machine: what it is good for, or the sentence that says why it is missing.
 * @template T
 * @typedef {{ value: T, missing?: undefined } | { value?: undefined, missing: string }} Part
 */

/**
 * What set-up found or made.
 * @typedef {object} Machine
 * @property {Part<string>} docker the engine, with the base image: its version
 * @property {Part<string>} pulumi the engine with language host and providers: path of the CLI
 */

/**
 * Does a step; what this machine cannot have is shown and remembered, not thrown.
 * @template T
 * @param {string} title
 * @param {(report: import("../support/progress.mjs").Report) => Promise<T>} work
 * @param {(result: T) => string} describe
 * @returns {Promise<Part<T>>}
 */
async function attempt(title, work, describe) {
  try {
    return { value: await step(title, work, describe) };
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    outcome("left", title, error.message);
    return { missing: error.message };
  }
}

const asItIs = (/** @type {string} */ text) => text;

/** The npm packages, which everything else needs. */
export const setUpNodePackages = () => step("npm packages", nodePackages, asItIs);

/** @returns {Promise<Part<string>>} */
export async function setUpDocker() {
  const engine = await attempt("Docker engine", dockerEngine, asItIs);
  if (engine.missing !== undefined) return engine;
  const image = await attempt("base image", baseImageStep, asItIs);
  return image.missing === undefined ? engine : image;
}

/**
 * The engine, the language host and the providers.
 * @returns {Promise<Part<string>>} path of the CLI
 */
export async function setUpPulumi() {
  const found = await attempt("Pulumi CLI", pulumiCli, ({ path, version, origin }) => `${version}, ${origin || path}`);
  if (found.missing !== undefined) return found;
  const host = await attempt(
    "language host",
    () => linkLanguageHost(found.value.path),
    ({ isOfficial, version }) => (isOfficial ? "the official one" : `ours, for Pulumi's SDK ${version}`),
  );
  if (host.missing !== undefined) return host;
  const { cli } = host.value;
  const providers = await attempt(
    "Pulumi providers",
    (report) => linkProviders(cli, report, { mayDownload: true }),
    named,
  );
  return providers.missing === undefined ? { value: cli } : providers;
}

/** @param {{ official: string[], standIns: string[] }} providers */
const named = ({ official, standIns }) =>
  [
    official.length > 0 ? `${official.join(", ")}: official` : "",
    standIns.length > 0 ? `${standIns.join(", ")}: stand-ins for Local Heroku` : "",
  ]
    .filter(Boolean)
    .join("; ");

/**
 * Sets up what the tests use; what cannot be had here is left out, with the reason. The tests look for Chromium,
 * Heroku's CLI and actionlint themselves.
 * @returns {Promise<Machine>}
 */
export async function setUpForTests() {
  await setUpNodePackages();
  const machine = { docker: await setUpDocker(), pulumi: await setUpPulumi() };
  await attempt("Chromium", chromium, asItIs);
  await attempt("Heroku's CLI", herokuCli, asItIs);
  await attempt("actionlint", actionlint, asItIs);
  return machine;
}
