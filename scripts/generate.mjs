// Writes what is generated: the configuration's schema in Pulumi.yaml, its table in README.md, and sdks/heroku-native.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./support/paths.mjs";
import { sources } from "./support/sources.mjs";

const { withSchema, withTable } = sources("config/reference.ts");
const { nodeSdk } = sources("provider/node-sdk.ts");

/** @type {(file: string) => string} */
const read = (file) => readFileSync(join(root, file), "utf8");

const files = {
  "Pulumi.yaml": withSchema(read("Pulumi.yaml")),
  "README.md": withTable(read("README.md")),
  ...Object.fromEntries(Object.entries(nodeSdk()).map(([name, text]) => [`sdks/heroku-native/${name}`, text])),
};
for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
