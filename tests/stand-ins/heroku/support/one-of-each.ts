import { selfSigned } from "../../../support/certificate";
import type { HerokuStandIn } from "./stand-in";

const { certificate, key } = selfSigned();

/** What a test needs to know of a resource type. */
export interface Sample {
  type: string;
  inputs: Record<string, unknown>;
  /** Its import id; undefined when it cannot be imported. */
  importId?: (id: string) => string;
  /** Attributes that Heroku does not return, so an import has none. */
  unreadable?: string[];
  /** Removes it by hand; left out when Heroku has no way. */
  remove?: (id: string) => [method: "DELETE" | "PATCH", path: string];
  /** Inputs of which a change replaces it. */
  replacing: string[];
}

/** One of each resource type, on the app `sketch` and the add-on `sketch-db`. */
export async function samples({ local, api }: HerokuStandIn): Promise<Sample[]> {
  const appId = await local.createApp("sketch");
  const app = { id: appId, name: "sketch" };
  await local.releaseByHand(app, "web", "one");
  const other = await local.createApp("mural");
  const addon = await api.post<{ id: string }>("/apps/sketch/addons", { plan: "heroku-postgresql", name: "sketch-db" });
  await api.idle();
  const pipeline = await api.post<{ id: string }>("/pipelines", { name: "canvas" });
  return [
    {
      type: "heroku:app/app:App",
      inputs: { name: "canvas", region: "us", stack: "container" },
      importId: () => "canvas",
      remove: (id) => ["DELETE", `/apps/${id}`],
      replacing: ["region", "space", "internalRouting"],
    },
    {
      type: "heroku:app/feature:Feature",
      inputs: { appId, name: "preboot", enabled: true },
      importId: (id) => id,
      replacing: ["appId", "name"],
    },
    {
      type: "heroku:app/configAssociation:ConfigAssociation",
      inputs: { appId, vars: { LEVEL: "info" }, sensitiveVars: { KEY: "k" } },
      replacing: [],
    },
    {
      type: "heroku:app/webhook:Webhook",
      inputs: { appId, includes: ["api:release"], level: "notify", url: "https://a.example", secret: "s" },
      importId: (id) => `sketch:${id}`,
      unreadable: ["secret"],
      remove: (id) => ["DELETE", `/apps/sketch/webhooks/${id}`],
      replacing: ["appId"],
    },
    {
      type: "heroku:addon/addon:Addon",
      inputs: { appId, plan: "heroku-redis:mini", name: "sketch-kv" },
      importId: (id) => id,
      remove: (id) => ["DELETE", `/apps/sketch/addons/${id}`],
      replacing: ["appId", "config"],
    },
    {
      type: "heroku:addon/attachment:Attachment",
      inputs: { appId: other, addonId: addon.body.id, name: "SKETCH_DB" },
      importId: (id) => id,
      remove: (id) => ["DELETE", `/addon-attachments/${id}`],
      replacing: ["addonId", "appId", "name", "namespace"],
    },
    {
      type: "heroku:formation/formation:Formation",
      inputs: { appId, type: "web", quantity: 1, size: "basic" },
      importId: () => "sketch:web",
      replacing: ["appId"],
    },
    {
      type: "heroku:domain/domain:Domain",
      inputs: { appId, hostname: "www.example.com" },
      importId: () => "sketch:www.example.com",
      remove: (id) => ["DELETE", `/apps/sketch/domains/${id}`],
      replacing: ["appId", "hostname"],
    },
    {
      type: "heroku:drain/drain:Drain",
      inputs: { appId, sensitiveUrl: "https://user:password@logs.example.com" },
      importId: (id) => `${appId}:${id}:sensitive`,
      remove: (id) => ["DELETE", `/apps/sketch/log-drains/${id}`],
      replacing: ["appId", "sensitiveUrl", "url"],
    },
    {
      type: "heroku:collaborator/collaborator:Collaborator",
      inputs: { appId, email: "ann@example.com" },
      importId: () => "sketch:ann@example.com",
      remove: () => ["DELETE", "/apps/sketch/collaborators/ann@example.com"],
      replacing: ["appId", "email"],
    },
    {
      type: "heroku:pipeline/pipeline:Pipeline",
      inputs: { name: "easel" },
      importId: (id) => id,
      remove: (id) => ["DELETE", `/pipelines/${id}`],
      replacing: [],
    },
    {
      type: "heroku:pipeline/coupling:Coupling",
      inputs: { appId, pipeline: pipeline.body.id, stage: "staging" },
      importId: (id) => id,
      remove: (id) => ["DELETE", `/pipeline-couplings/${id}`],
      replacing: ["appId", "pipeline", "stage"],
    },
    {
      type: "heroku:ssl/ssl:Ssl",
      inputs: { appId, certificateChain: certificate, privateKey: key },
      importId: (id) => `sketch:${id}`,
      unreadable: ["privateKey"],
      remove: (id) => ["DELETE", `/apps/sketch/sni-endpoints/${id}`],
      replacing: ["appId"],
    },
  ];
}
