import { defaultDomain } from "../contract";
import { type HerokuError, invalidParams, notFound } from "../http/errors";
import { derivedId } from "../ids";
import { newRecord } from "../new-record";
import type { AppRecord, DomainRecord } from "../store/entities";
import type { Core } from "./core";
import { randomDnsTarget } from "./names";
import type { SniEndpoints } from "./sni-endpoints";

const HOSTNAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** The host names of apps. */
export class Domains {
  constructor(
    private readonly core: Core,
    private readonly endpoints: SniEndpoints,
  ) {}

  /** An app's own domain comes first. */
  of(app: AppRecord): DomainRecord[] {
    return [ownDomain(app), ...this.domains.by("app", app.id)];
  }

  find(app: AppRecord, idOrHostname: string): DomainRecord {
    const row = this.of(app).find(({ id, hostname }) => id === idOrHostname || hostname === idOrHostname);
    if (row === undefined) throw notFound("domain");
    return row;
  }

  create(app: AppRecord, wanted: string, sniEndpoint: string | null): DomainRecord {
    const hostname = wanted.toLowerCase();
    if (!HOSTNAME.test(hostname) || hostname.length > 253) throw invalidParams(`Hostname ${wanted} is not valid`);
    const holder = this.domains.find("hostname", hostname);
    if (holder?.appId === app.id) throw invalidParams(`Domain ${hostname} is already added to this app.`);
    if (holder) throw invalidParams(`${hostname} is currently in use by another app.`);
    if (app.acm && isWildcard(hostname)) throw noWildcards([hostname]);
    return this.domains.put({
      ...newRecord(this.core),
      appId: app.id,
      hostname,
      cname: randomDnsTarget(this.core.ids),
      kind: "custom",
      sniEndpointId: this.endpointId(app, sniEndpoint),
    });
  }

  change(app: AppRecord, domain: DomainRecord, sniEndpoint: string | null): DomainRecord {
    const sniEndpointId = this.endpointId(app, sniEndpoint);
    return this.domains.put({ ...domain, sniEndpointId, updatedAt: this.core.clock.timestamp() });
  }

  /** Automated Certificate Management is not offered for apps with wildcard domains. */
  requireNoWildcards(app: AppRecord): void {
    const wildcards = this.of(app)
      .map(({ hostname }) => hostname)
      .filter(isWildcard);
    if (wildcards.length > 0) throw noWildcards(wildcards);
  }

  remove(domain: DomainRecord): void {
    this.domains.delete(domain.id);
  }

  /** Like `find`, but refuses the app's own domain. */
  findCustom(app: AppRecord, idOrHostname: string): DomainRecord {
    const row = this.find(app, idOrHostname);
    if (row.kind === "heroku") throw invalidParams(`Cannot change the app's own domain ${row.hostname}.`);
    return row;
  }

  private endpointId(app: AppRecord, idOrName: string | null): string | null {
    return idOrName ? this.endpoints.find(app, idOrName).id : null;
  }

  private get domains() {
    return this.core.store.collection("domains");
  }
}

function isWildcard(hostname: string): boolean {
  return hostname.startsWith("*.");
}

function noWildcards(hostnames: readonly string[]): HerokuError {
  return invalidParams(`Automated Certificate Management does not support wildcard domains: ${hostnames.join(", ")}.`);
}

/** The domain that an app has from its name. It follows a rename and cannot be removed. */
function ownDomain(app: AppRecord): DomainRecord {
  return {
    id: derivedId("domain", app.id),
    createdAt: app.createdAt,
    updatedAt: app.updatedAt,
    appId: app.id,
    hostname: defaultDomain(app),
    cname: null,
    kind: "heroku",
    sniEndpointId: null,
  };
}
