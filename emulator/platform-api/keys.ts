import { createHash } from "node:crypto";
import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord, KeyRecord } from "../store/entities";
import type { Core } from "./core";

const PUBLIC_KEY = /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+) +([A-Za-z0-9+/]+=*)(?: +(.*))?$/;

/** The SSH keys of accounts, as records only: there is no Git server. */
export class Keys {
  constructor(private readonly core: Core) {}

  of(account: AccountRecord): KeyRecord[] {
    return this.keys.by("account", account.id);
  }

  find(account: AccountRecord, idOrFingerprint: string): KeyRecord {
    const row = this.of(account).find(({ id, fingerprint }) => [id, fingerprint].includes(idOrFingerprint));
    if (row === undefined) throw notFound("key");
    return row;
  }

  create(account: AccountRecord, text: string): KeyRecord {
    const publicKey = text.trim();
    const [, base64, comment = ""] = PUBLIC_KEY.exec(publicKey) ?? [];
    if (base64 === undefined) throw invalidParams("Key is invalid.");
    const fingerprint = fingerprintOf(base64);
    if (this.of(account).some((key) => key.fingerprint === fingerprint)) throw invalidParams("Key is already added.");
    return this.keys.put({ ...newRecord(this.core), accountId: account.id, publicKey, comment, fingerprint });
  }

  remove(key: KeyRecord): void {
    this.keys.delete(key.id);
  }

  private get keys() {
    return this.core.store.collection("keys");
  }
}

/** MD5 in pairs of digits, in the format of `ssh-keygen -E md5`. */
function fingerprintOf(base64: string): string {
  const digest = createHash("md5").update(Buffer.from(base64, "base64")).digest("hex");
  return digest.replaceAll(/(..)(?=.)/g, "$1:");
}
