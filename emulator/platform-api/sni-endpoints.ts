import { createPrivateKey, X509Certificate } from "node:crypto";
import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AppRecord, SniEndpointRecord } from "../store/entities";
import type { Core } from "./core";
import { randomEndpointName } from "./names";

/** A certificate chain and its private key, both as PEM. */
export type CertificatePair = Pick<SniEndpointRecord, "certificateChain" | "privateKey">;

/** The certificates of apps. The router does not use them. */
export class SniEndpoints {
  constructor(private readonly core: Core) {}

  of(app: AppRecord): SniEndpointRecord[] {
    return this.endpoints.by("app", app.id);
  }

  find(app: AppRecord, idOrName: string): SniEndpointRecord {
    const row = this.of(app).find(({ id, name }) => id === idOrName || name === idOrName);
    if (row === undefined) throw notFound("sni endpoint");
    return row;
  }

  create(app: AppRecord, pair: CertificatePair): SniEndpointRecord {
    requireMatch(pair);
    const name = randomEndpointName(this.core.ids);
    return this.endpoints.put({ ...newRecord(this.core), appId: app.id, name, ...pair });
  }

  change(endpoint: SniEndpointRecord, pair: CertificatePair): SniEndpointRecord {
    requireMatch(pair);
    return this.endpoints.put({ ...endpoint, ...pair, updatedAt: this.core.clock.timestamp() });
  }

  /** Removes it from the domains that have it, too. */
  remove(endpoint: SniEndpointRecord): void {
    this.core.store.transaction(() => {
      const domains = this.core.store.collection("domains");
      for (const domain of domains.by("app", endpoint.appId)) {
        if (domain.sniEndpointId === endpoint.id) domains.put({ ...domain, sniEndpointId: null });
      }
      this.endpoints.delete(endpoint.id);
    });
  }

  private get endpoints() {
    return this.core.store.collection("sniEndpoints");
  }
}

function requireMatch({ certificateChain, privateKey }: CertificatePair): void {
  if (!isMatch(certificateChain, privateKey))
    throw invalidParams("Unable to verify that the certificate and the private key belong together.");
}

function isMatch(certificateChain: string, privateKey: string): boolean {
  try {
    return new X509Certificate(certificateChain).checkPrivateKey(createPrivateKey(privateKey));
  } catch {
    return false;
  }
}
