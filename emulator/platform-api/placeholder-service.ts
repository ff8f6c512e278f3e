import { createHash } from "node:crypto";
import type { AddonServiceEntry } from "../catalog/addon-services";
import type { AddonService } from "../machines";
import type { AddonRecord } from "../store/entities";

/** The figure of an add-on that does not run. */
export const NOTHING_RUNS =
  "Local Heroku keeps this add-on and its config vars, but nothing runs behind it: nothing answers at their addresses.";

/** A service of another vendor: its add-ons are stored, with config vars of the real names and made-up values. */
export function placeholderService({ name, placeholder = {} }: AddonServiceEntry): AddonService {
  return {
    provision: async (addon) =>
      Object.fromEntries(
        Object.entries(placeholder).map(([suffix, pattern]) => [suffix, filled(pattern, `${name}.invalid`, addon)]),
      ),
    changePlan: async () => {},
    deprovision: async () => {},
    figures: async () => [],
  };
}

/** The same values each time, because provisioning is repeated after an interruption. They give no access. */
function filled(pattern: string, host: string, { id }: AddonRecord): string {
  const key = createHash("sha256").update(id).digest("hex").slice(0, 32);
  return pattern.replaceAll("{host}", host).replaceAll("{key}", key);
}
