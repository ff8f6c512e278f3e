import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AppRecord, WebhookRecord } from "../store/entities";
import type { Core } from "./core";

/** The events a webhook can subscribe to (Dev Center, "App Webhooks"). */
const EVENTS = [
  "api:addon",
  "api:addon-attachment",
  "api:app",
  "api:build",
  "api:collaborator",
  "api:domain",
  "api:dyno",
  "api:formation",
  "api:release",
  "api:sni-endpoint",
  "dyno",
];

/** What users choose of a webhook. */
type WebhookFields = Pick<WebhookRecord, "include" | "level" | "url" | "authorization"> & {
  /** Chosen by Heroku if it is missing. */
  readonly secret?: string | undefined;
  readonly name?: string | undefined;
};

/** Webhooks, as records only: nothing is delivered. */
export class Webhooks {
  constructor(private readonly core: Core) {}

  of(app: AppRecord): WebhookRecord[] {
    return this.webhooks.by("app", app.id);
  }

  find(app: AppRecord, idOrName: string): WebhookRecord {
    const row = this.of(app).find(({ id, name }) => id === idOrName || name === idOrName);
    if (row === undefined) throw notFound("webhook");
    return row;
  }

  create(app: AppRecord, fields: WebhookFields): WebhookRecord {
    requireAllowed(fields);
    const secret = fields.secret || this.core.ids.hex(64);
    return this.webhooks.put({ ...newRecord(this.core), appId: app.id, ...fields, secret });
  }

  change(
    webhook: WebhookRecord,
    fields: { readonly [K in keyof WebhookFields]?: WebhookFields[K] | undefined },
  ): WebhookRecord {
    const changed = {
      ...webhook,
      include: fields.include ?? webhook.include,
      level: fields.level ?? webhook.level,
      url: fields.url ?? webhook.url,
      secret: fields.secret ?? webhook.secret,
      name: fields.name ?? webhook.name,
      authorization: fields.authorization === undefined ? webhook.authorization : fields.authorization,
      updatedAt: this.core.clock.timestamp(),
    };
    requireAllowed(changed);
    return this.webhooks.put(changed);
  }

  remove(webhook: WebhookRecord): void {
    this.webhooks.delete(webhook.id);
  }

  private get webhooks() {
    return this.core.store.collection("webhooks");
  }
}

function requireAllowed({ include, url }: Pick<WebhookFields, "include" | "url">): void {
  const unknown = include.filter((event) => !EVENTS.includes(event));
  if (include.length === 0) throw invalidParams("Include must name at least one event.");
  if (unknown.length > 0) throw invalidParams(`Include has unknown events: ${unknown.join(", ")}.`);
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) throw invalidParams("Url is invalid.");
}
