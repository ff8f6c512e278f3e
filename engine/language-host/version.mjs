import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const manifest = createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json");

/** Version of the SDK whose protocol this language host speaks. */
export const sdkVersion = JSON.parse(readFileSync(manifest, "utf8")).version;
