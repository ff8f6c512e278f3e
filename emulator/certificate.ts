import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./usage-error";

/** A certificate with its key, both as PEM, and the file that clients trust. */
export interface Certificate {
  readonly file: string;
  readonly certificate: string;
  readonly key: string;
}

/** The folder's certificate, made once: clients that trust it go on to do so. */
export function certificateIn(folder: string): Certificate {
  const [file, keyFile] = [join(folder, "certificate.pem"), join(folder, "certificate-key.pem")];
  if (!existsSync(file)) makeCertificate(file, keyFile);
  return { file, certificate: readFileSync(file, "utf8"), key: readFileSync(keyFile, "utf8") };
}

function makeCertificate(file: string, keyFile: string): void {
  const about = ["-subj", "/CN=Local Heroku", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650"];
  const unfinished = `${file}.new`;
  try {
    execFileSync("openssl", ["req", "-x509", ...curve, ...about, "-keyout", keyFile, "-out", unfinished], {
      stdio: "pipe",
    });
  } catch (error) {
    throw new UsageError(
      `--https-port needs a certificate, and openssl made none: ${error instanceof Error ? error.message.trim() : error}; install openssl, or start without --https-port`,
    );
  }
  renameSync(unfinished, file);
}
