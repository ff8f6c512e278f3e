import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { etag } from "hono/etag";
import { requireAccount } from "./platform/auth";
import { rateLimit, requestId, requireVersion3 } from "./platform/conventions";
import type { Api, ApiEnv } from "./platform/env";
import { badRequest, HerokuError } from "./platform/errors";
import type { Platform } from "./platform/platform";
import { accountRoutes } from "./routes/account";
import { addonAttachmentRoutes } from "./routes/addon-attachments";
import { addonConfigRoutes } from "./routes/addon-config";
import { addonServiceRoutes } from "./routes/addon-services";
import { addonRoutes } from "./routes/addons";
import { appTransferRoutes } from "./routes/app-transfers";
import { appRoutes } from "./routes/apps";
import { buildpackInstallationRoutes } from "./routes/buildpack-installations";
import { catalogueRoutes } from "./routes/catalogue";
import { collaboratorRoutes } from "./routes/collaborators";
import { configVarRoutes } from "./routes/config-vars";
import { domainRoutes } from "./routes/domains";
import { dynoRoutes } from "./routes/dynos";
import { featureRoutes } from "./routes/features";
import { formationRoutes } from "./routes/formation";
import { logDrainRoutes } from "./routes/log-drains";
import { logSessionRoutes } from "./routes/log-sessions";
import { pipelineCouplingRoutes } from "./routes/pipeline-couplings";
import { pipelinePromotionRoutes } from "./routes/pipeline-promotions";
import { pipelineRoutes } from "./routes/pipelines";
import { releaseRoutes, releaseStreamRoutes } from "./routes/releases";
import { slugBlobRoutes, slugRoutes } from "./routes/slugs";
import { sniEndpointRoutes } from "./routes/sni-endpoints";
import { teamAppRoutes } from "./routes/team-apps";
import { teamRoutes } from "./routes/teams";
import { webhookRoutes } from "./routes/webhooks";

/** Routes that other parts bring to the API. */
export interface MoreRoutes {
  /** Checked for the account like the platform's own, but not for `Accept`. */
  readonly dataRoutes?: Hono;
  /** Not checked at all. */
  readonly openRoutes?: readonly Hono[];
}

const GREATEST_BODY = 10 * 1024 * 1024;
const DATA_PATHS = ["/client/v11/*", "/postgres/v0/*", "/redis/v0/*", "/data/*"];

/** The API on one origin: what needs no key, then the data APIs, then Heroku's Platform API. */
export function createApi(platform: Platform, more: MoreRoutes = {}): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  api.onError(toReply);
  api.notFound(notSupported);

  api.use(requestId(platform.core.ids));
  for (const routes of [releaseStreamRoutes(platform), slugBlobRoutes(platform), ...(more.openRoutes ?? [])])
    api.route("/", routes);

  api.use(requireAccount(platform.core.store), rateLimit(platform.rateLimits), limitBody);
  if (more.dataRoutes) api.route("/", more.dataRoutes);
  for (const path of DATA_PATHS) api.all(path, notSupported);

  api.use(requireVersion3, etag());
  for (const routes of platformRoutes(platform)) api.route("/", routes);
  return api;
}

function platformRoutes(platform: Platform): Api[] {
  return [
    accountRoutes(platform),
    addonConfigRoutes(platform),
    addonAttachmentRoutes(platform),
    addonRoutes(platform),
    addonServiceRoutes(),
    appTransferRoutes(platform),
    appRoutes(platform),
    buildpackInstallationRoutes(platform),
    catalogueRoutes(platform),
    collaboratorRoutes(platform),
    configVarRoutes(platform),
    domainRoutes(platform),
    dynoRoutes(platform),
    featureRoutes(platform),
    formationRoutes(platform),
    logDrainRoutes(platform),
    logSessionRoutes(platform),
    pipelineCouplingRoutes(platform),
    pipelinePromotionRoutes(platform),
    pipelineRoutes(platform),
    releaseRoutes(platform),
    slugRoutes(platform),
    sniEndpointRoutes(platform),
    teamAppRoutes(platform),
    teamRoutes(platform),
    webhookRoutes(platform),
  ];
}

const limitBody = bodyLimit({
  maxSize: GREATEST_BODY,
  onError: () =>
    new HerokuError(413, "request_entity_too_large", "The request body is larger than 10 MB.").toResponse(),
});

/** A route that is not there is said aloud: it must not look like a thing that is missing. */
function notSupported(c: Context): Response {
  const route = `${c.req.method} ${c.req.path}`;
  console.warn(`not supported by Local Heroku: ${route}`);
  return new HerokuError(501, "not_implemented", `Local Heroku does not support ${route}.`).toResponse();
}

function toReply(error: Error, c: Context<ApiEnv>): Response {
  if (error instanceof HerokuError) return error.toResponse();
  // Reading the body fails when the client goes away half-way, which is no fault of ours to tell.
  if (c.env?.socket?.destroyed) return badRequest("The request ended too soon.").toResponse();
  console.error(error);
  return new HerokuError(500, "internal", "Local Heroku failed; its own output says more.").toResponse();
}
