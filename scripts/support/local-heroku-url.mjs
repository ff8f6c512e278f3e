import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NotReady } from "./not-ready.mjs";
import { root } from "./paths.mjs";

/**
 * Reads the address of Local Heroku from a stack file. That of the stack `local` is the one place that says its port.
 * @param {string} yaml
 * @param {string} name of the file
 * @returns {URL}
 */
export function parseLocalHerokuUrl(yaml, name = "Pulumi.local.yaml") {
  const value = /^[ \t]+["']?heroku:url["']?:[ \t]*(["']?)([^\s"'#]+)\1[ \t]*(?:#.*)?$/m.exec(yaml)?.[2];
  if (value === undefined) throw new NotReady(`${name} has no heroku:url; set it to http://localhost:<port>`);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== "http:" || url.hostname !== "localhost" || url.port === "") {
    throw new NotReady(`heroku:url in ${name} must be http://localhost:<port>, got ${value}`);
  }
  return url;
}

export const localHerokuUrl = () => parseLocalHerokuUrl(readFileSync(join(root, "Pulumi.local.yaml"), "utf8"));
