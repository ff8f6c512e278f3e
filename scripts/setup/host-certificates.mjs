import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";

/** Where Debian and Ubuntu keep the authorities they ship, those that the administrator adds, and the bundle of both. */
const shipped = "/usr/share/ca-certificates";
const added = "/usr/local/share/ca-certificates";
const bundle = "/etc/ssl/certs/ca-certificates.crt";

/**
 * The certificates in a PEM text, without the comments between them.
 * @param {string} text
 * @returns {string[]}
 */
export const splitCertificates = (text) =>
  (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (certificate) => `${certificate.replace(/\r/g, "").trim()}\n`,
  );

/** @param {string} path @returns {string[]} */
const certificatesOf = (path) => (existsSync(path) ? splitCertificates(readFileSync(path, "utf8")) : []);

/** @param {string} folder @returns {string[]} */
const certificatesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".crt"))
        .flatMap((name) => certificatesOf(join(folder, name)))
    : [];

/**
 * The certificate authorities that this machine trusts beyond the public ones: behind a proxy that inspects TLS, its
 * authority. Builds in containers need them to reach package registries there.
 * @returns {string[]} PEM texts, sorted
 */
export function hostCertificates() {
  const known = new Set([...certificatesBelow(shipped), ...rootCertificates.flatMap(splitCertificates)]);
  const trusted = existsSync(shipped) ? certificatesOf(bundle) : [];
  return [...new Set([...certificatesBelow(added), ...trusted])].filter((one) => !known.has(one)).sort();
}

/**
 * Names a set of certificates, so that an image can say which ones it holds.
 * @param {string[]} certificates
 */
export const fingerprint = (certificates) =>
  createHash("sha256").update(certificates.join("")).digest("hex").slice(0, 16);
