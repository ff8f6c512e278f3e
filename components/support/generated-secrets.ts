import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/**
 * A random text of 64 letters and digits for each config var, created once and kept only in the encrypted state. Not a
 * component, so that the secrets keep their URNs.
 */
export function generatedSecrets(configVars: readonly string[]): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    configVars.map((configVar) => {
      const name = configVar.toLowerCase().replaceAll("_", "-");
      return [configVar, new random.RandomPassword(name, { length: 64, special: false }).result];
    }),
  );
}
