import { homedir } from "node:os";
import { join } from "node:path";
import { NotReady } from "./not-ready.mjs";
import { local } from "./paths.mjs";

/** The user's own folder of Pulumi, with the CLI and the official plugins. */
export const userHome = () => process.env.PULUMI_HOME || join(homedir(), ".pulumi");

/** Where official pieces may be installed. */
export const officialHomes = () => [...new Set([userHome(), join(homedir(), ".pulumi")])];

/** The engine's folder for this project: its plugins are links to the ones that set-up has chosen. */
export const projectHome = local("pulumi-home");

/**
 * What every Pulumi command of this project runs with: its own plugins alone, and nothing written to the user's folder.
 */
export const engineEnvironment = () => ({
  PULUMI_HOME: projectHome,
  PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
  PULUMI_SKIP_UPDATE_CHECK: "true",
});

/** @typedef {"official" | "stand-ins"} ProviderSet the providers, and the language host that goes with them */

/**
 * Which set the user wants: undefined to use the official ones where they can be had.
 * @returns {ProviderSet | undefined}
 */
export function wantedProviders() {
  const wanted = process.env.SKECHWIME_PROVIDERS;
  if (wanted === "official" || wanted === "stand-ins") return wanted;
  if (!wanted) return undefined;
  throw new NotReady(
    `SKECHWIME_PROVIDERS must be official or stand-ins, got ${wanted}; unset it to use the official ones where there are any`,
  );
}
