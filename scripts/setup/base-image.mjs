import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { docker } from "../support/docker.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { local } from "../support/paths.mjs";
import { lastLines } from "../support/run.mjs";
import { bootstrapImage, canBootstrap } from "./debootstrap.mjs";
import { fingerprint, hostCertificates } from "./host-certificates.mjs";

/** What the app's image and Local Heroku's service image are built from. */
export const baseImage = "debian:trixie-slim";

/** Says on an image which of the host's certificates it trusts. */
export const certificatesLabel = "skechwime.host-certificates";

/** @typedef {import("../support/progress.mjs").Report} Report */

/** @returns {Promise<{ certificates: string } | undefined>} */
async function inspect() {
  const format = `{{with .Config.Labels}}{{index . "${certificatesLabel}"}}{{end}}`;
  const result = await docker(["image", "inspect", "--format", format, baseImage]);
  return result.ok ? { certificates: result.stdout } : undefined;
}

/**
 * Lets what is built from the base image trust what this machine trusts, by a layer on top of it.
 * @param {string[]} certificates
 */
async function addCertificates(certificates) {
  const folder = local("certificates");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [index, certificate] of certificates.entries())
    writeFileSync(`${folder}/host-${index + 1}.crt`, certificate);

  const refresh = "if command -v update-ca-certificates >/dev/null; then update-ca-certificates; fi";
  const created = await docker(["create", "--network", "none", baseImage, "sh", "-c", refresh]);
  const steps = [
    ["cp", `${folder}/.`, `${created.stdout}:/usr/local/share/ca-certificates`],
    ["start", "--attach", created.stdout],
    [
      ...["commit", "--change", 'CMD ["bash"]', "--change", `LABEL ${certificatesLabel}=${fingerprint(certificates)}`],
      ...[created.stdout, baseImage],
    ],
  ];
  let failed = created.ok ? undefined : created;
  for (const step of steps) failed ??= await docker(step).then((result) => (result.ok ? undefined : result));
  if (created.ok) await docker(["rm", "--force", created.stdout]);
  if (failed) throw new NotReady(`${baseImage} does not take the host's certificates:\n${lastLines(failed.output)}`);
}

/**
 * Gets the base image: from Docker Hub, or where that is out of reach from Debian's packages.
 * @param {Report} report
 */
async function obtain(report) {
  report(`pulling ${baseImage}`);
  const pulled = await docker(["pull", "--platform", "linux/amd64", baseImage], {
    silence: 20_000,
    timeout: 300_000,
    log: local("docker-pull.log"),
  });
  if (pulled.ok) return "pulled";
  if (!canBootstrap()) {
    throw new NotReady(
      `${baseImage} cannot be pulled, and only root on Debian or Ubuntu can make it from packages; ` +
        `give the Docker engine a way to Docker Hub, or load the image with docker load:\n${lastLines(pulled.output, 1)}`,
    );
  }
  report("Docker Hub is out of reach, making the image from Debian's packages with debootstrap");
  await bootstrapImage(baseImage);
  return "made with debootstrap";
}

/**
 * Makes the base image available, trusting what this machine trusts.
 * @param {Report} report
 * @returns {Promise<string>} what was found or done
 */
export async function baseImageStep(report) {
  const found = await inspect();
  const how = found ? "present" : await obtain(report);
  const certificates = hostCertificates();
  if (certificates.length === 0 || found?.certificates === fingerprint(certificates)) return `${baseImage}, ${how}`;
  report(`adding ${certificates.length} certificate authorities of this machine to ${baseImage}`);
  await addCertificates(certificates);
  return `${baseImage}, ${how}, with this machine's certificate authorities`;
}
