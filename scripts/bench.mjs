import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { setUpDocker, setUpNodePackages, setUpPulumi } from "./setup/index.mjs";
import { main } from "./support/main.mjs";
import { NotReady } from "./support/not-ready.mjs";
import { root } from "./support/paths.mjs";
import { outcome, say } from "./support/progress.mjs";
import { table } from "./support/table.mjs";

/**
 * A module of scripts/bench/ exports `measure`, which takes the path of the Pulumi CLI.
 * @typedef {{ measure: (pulumi: string) => Promise<import("./support/table.mjs").Figure[]> }} Measurement
 */

const folder = join(root, "scripts", "bench");

/**
 * The measurements, all or those named.
 * @param {string[]} names
 */
function measurements(names) {
  const all = existsSync(folder)
    ? readdirSync(folder)
        .map((file) => basename(file, ".mjs"))
        .sort()
    : [];
  const unknown = names.find((name) => !all.includes(name));
  if (unknown) throw new NotReady(`no such measurement, got ${unknown}; there are ${all.join(", ")}`);
  return names.length > 0 ? names : all;
}

await main(async () => {
  const names = measurements(process.argv.slice(2));
  await setUpNodePackages();
  const docker = await setUpDocker();
  const pulumi = await setUpPulumi();
  if (docker.missing !== undefined || pulumi.missing !== undefined) return 1;
  const figures = [];
  let failed = false;
  for (const name of names) {
    const since = performance.now();
    try {
      /** @type {Measurement} */
      const { measure } = await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
      figures.push(...(await measure(pulumi.value)));
      outcome("done", name, "measured", since);
    } catch (error) {
      failed = true;
      outcome("failed", name, error instanceof Error ? error.message : String(error), since);
    }
  }
  say(`\n${table(figures)}`);
  return failed ? 1 : 0;
});
