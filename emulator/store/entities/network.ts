import { entity, type OfApp } from "./entity";

/** A custom host name of an app. */
export interface DomainRecord extends OfApp {
  readonly hostname: string;
  /** The DNS target for the host name; null for the app's own. */
  readonly cname: string | null;
  readonly kind: "heroku" | "custom";
  readonly sniEndpointId: string | null;
}

export const domains = entity<DomainRecord>()(
  { app: (domain) => domain.appId, hostname: (domain) => domain.hostname },
  { apps: "app" },
);

/** A certificate with its key, which is never shown. */
export interface SniEndpointRecord extends OfApp {
  readonly name: string;
  readonly certificateChain: string;
  readonly privateKey: string;
}

export const sniEndpoints = entity<SniEndpointRecord>()({ app: (endpoint) => endpoint.appId }, { apps: "app" });

/** A URL that an app's log lines are sent to. */
export interface LogDrainRecord extends OfApp {
  readonly url: string;
  /** `d.` + UUID: identifies the drain in its lines. */
  readonly token: string;
}

export const logDrains = entity<LogDrainRecord>()({ app: (drain) => drain.appId }, { apps: "app" });

/** A reader's request for log lines; its id is the secret part of the stream's URL. */
export interface LogSessionRecord extends OfApp {
  readonly lines: number;
  readonly tail: boolean;
  readonly dyno: string | null;
  readonly type: string | null;
  readonly source: string | null;
}

export const logSessions = entity<LogSessionRecord>()({ app: (session) => session.appId }, { apps: "app" });

/** A URL that an app's changes would be posted to. */
export interface WebhookRecord extends OfApp {
  readonly include: readonly string[];
  readonly level: "notify" | "sync";
  readonly url: string;
  readonly secret: string;
  /** Only if the client chose one; Heroku's schema does not know it, but providers send it. */
  readonly name?: string | undefined;
  readonly authorization: string | null;
}

export const webhooks = entity<WebhookRecord>()({ app: (webhook) => webhook.appId }, { apps: "app" });
