import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";

const DAY_MS = 24 * 60 * 60 * 1_000;
const LIFETIME_MS = 10 * 365 * DAY_MS;
/** Browsers refuse longer ones. */
const HOST_LIFETIME_MS = 397 * DAY_MS;

/**
 * The certificates of an instance. One, made once for each data folder, is for `localhost`; it also signs those of the
 * other host names, which are made when they are first asked for. So clients have to trust a single file.
 */
export class Certificates {
  private readonly hosts = new Map<string, Promise<SecureContext>>();

  private constructor(
    /** What clients trust. */
    readonly file: string,
    private readonly certificate: string,
    private readonly key: string,
  ) {}

  /** The certificates of a folder; the first start writes the files. */
  static async open(folder: string): Promise<Certificates> {
    const [file, keyFile] = [join(folder, "certificate.pem"), join(folder, "certificate-key.pem")];
    if (!existsSync(file)) await makeAuthority(file, keyFile);
    return new Certificates(file, readFileSync(file, "utf8"), readFileSync(keyFile, "utf8"));
  }

  /** The certificate for `localhost` and whoever names no host. */
  get default(): { readonly cert: string; readonly key: string } {
    return { cert: this.certificate, key: this.key };
  }

  /** The certificate for a host name of an app: no client accepts a wildcard right below `localhost`. */
  of(host: string): Promise<SecureContext> {
    const made = this.hosts.get(host) ?? this.make(host);
    this.hosts.set(host, made);
    return made;
  }

  private async make(host: string): Promise<SecureContext> {
    // Loading takes 140 ms, which instances without HTTPS are spared.
    const { generate } = await import("selfsigned");
    const { cert, private: key } = await generate([{ name: "commonName", value: host.slice(0, 64) }], {
      ...EC,
      ca: { key: this.key, cert: this.certificate },
      notBeforeDate: new Date(Date.now() - DAY_MS),
      notAfterDate: new Date(Date.now() + HOST_LIFETIME_MS),
      extensions: [
        { name: "basicConstraints", cA: false, critical: true },
        { name: "extKeyUsage", serverAuth: true },
        { name: "subjectAltName", altNames: [{ type: 2, value: host }] },
      ],
    });
    return createSecureContext({ cert: `${cert}\n${this.certificate}`, key });
  }
}

const EC = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;

async function makeAuthority(file: string, keyFile: string): Promise<void> {
  const { generate } = await import("selfsigned");
  const names = ["localhost", "*.localhost"].map((value) => ({ type: 2 as const, value }));
  const addresses = ["127.0.0.1", "::1"].map((ip) => ({ type: 7 as const, ip }));
  const made = await generate([{ name: "commonName", value: "Local Heroku" }], {
    ...EC,
    notAfterDate: new Date(Date.now() + LIFETIME_MS),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "subjectAltName", altNames: [...names, ...addresses] },
    ],
  });
  writeFileSync(keyFile, made.private, { mode: 0o600 });
  writeFileSync(`${file}.new`, made.cert, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
