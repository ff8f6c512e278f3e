import type { DomainRecord } from "./entities";
import type { Store } from "./store";

/** The custom domain that a host name in lower case is, or else the wildcard that it falls under. */
export function findDomain(store: Store, hostname: string): DomainRecord | undefined {
  const domains = store.collection("domains");
  return domains.find("hostname", hostname) ?? domains.find("hostname", hostname.replace(/^[^.]+/, "*"));
}
