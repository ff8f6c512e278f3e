import { existsSync } from "node:fs";
import { run } from "../support/run.mjs";

const bundle = "/etc/ssl/certs/ca-certificates.crt";

/** Downloads go through a proxy, and trust its certificate, as those of other programs of this machine do. */
export const downloadEnvironment = () => ({
  ...process.env,
  NODE_USE_ENV_PROXY: "1",
  ...(!process.env.NODE_EXTRA_CA_CERTS && existsSync(bundle) ? { NODE_EXTRA_CA_CERTS: bundle } : {}),
});

const request = `fetch(process.argv[1], { method: "HEAD", signal: AbortSignal.timeout(5000) }).catch((error) => {
  console.log(error.cause?.message || error.message);
  process.exitCode = 1;
})`;

/** What each address came to in this run. @type {Map<string, Promise<string | undefined>>} */
const tried = new Map();

/**
 * Why a server is out of reach, undefined when it answers. Downloads by others try long and again before they give up.
 * @param {string} address
 * @returns {Promise<string | undefined>}
 */
export function unreachable(address) {
  const found = tried.get(address) ?? ask(address);
  tried.set(address, found);
  return found;
}

/** @param {string} address */
async function ask(address) {
  const { ok, output } = await run(process.execPath, ["--eval", request, address], {
    env: downloadEnvironment(),
    timeout: 8_000,
  });
  return ok ? undefined : output || `${address} does not answer`;
}
