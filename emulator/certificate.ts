import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LIFETIME_MS = 10 * 365 * 24 * 60 * 60 * 1_000;

/** A certificate with its key, both as PEM, and the file that clients trust. */
export interface Certificate {
  readonly file: string;
  readonly certificate: string;
  readonly key: string;
}

/** The folder's certificate, made once, so that clients that trust it keep trusting it. */
export async function certificateIn(folder: string): Promise<Certificate> {
  const [file, keyFile] = [join(folder, "certificate.pem"), join(folder, "certificate-key.pem")];
  if (!existsSync(file)) await makeCertificate(file, keyFile);
  return { file, certificate: readFileSync(file, "utf8"), key: readFileSync(keyFile, "utf8") };
}

async function makeCertificate(file: string, keyFile: string): Promise<void> {
  // Loading takes 140 ms, which instances without HTTPS are spared.
  const { generate } = await import("selfsigned");
  const altNames = [
    { type: 2 as const, value: "localhost" },
    { type: 7 as const, ip: "127.0.0.1" },
    { type: 7 as const, ip: "::1" },
  ];
  const made = await generate([{ name: "commonName", value: "Local Heroku" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + LIFETIME_MS),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "subjectAltName", altNames },
    ],
  });
  writeFileSync(keyFile, made.private, { mode: 0o600 });
  writeFileSync(`${file}.new`, made.cert, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
