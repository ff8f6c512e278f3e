import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { etag } from "hono/etag";
import { requireAccount } from "../http/auth";
import type { Api, ApiEnv } from "../http/context";
import { badRequest, HerokuError } from "../http/errors";
import { rateLimit, requestId, requireVersion3 } from "../http/headers";
import type { Platform } from "../platform-api/platform";
import { accountRoutes } from "../platform-api/routes/account";
import { addonAttachmentRoutes } from "../platform-api/routes/addon-attachments";
import { addonConfigRoutes } from "../platform-api/routes/addon-config";
import { addonServiceRoutes } from "../platform-api/routes/addon-services";
import { addonRoutes } from "../platform-api/routes/addons";
import { appTransferRoutes } from "../platform-api/routes/app-transfers";
import { appRoutes } from "../platform-api/routes/apps";
import { authorizationRoutes } from "../platform-api/routes/authorizations";
import { buildpackInstallationRoutes } from "../platform-api/routes/buildpack-installations";
import { catalogRoutes } from "../platform-api/routes/catalog";
import { collaboratorRoutes } from "../platform-api/routes/collaborators";
import { configVarRoutes } from "../platform-api/routes/config-vars";
import { domainRoutes } from "../platform-api/routes/domains";
import { dynoRoutes } from "../platform-api/routes/dynos";
import { emptyListRoutes } from "../platform-api/routes/empty-lists";
import { featureRoutes } from "../platform-api/routes/features";
import { formationRoutes } from "../platform-api/routes/formation";
import { keyRoutes } from "../platform-api/routes/keys";
import { logDrainRoutes } from "../platform-api/routes/log-drains";
import { logSessionRoutes } from "../platform-api/routes/log-sessions";
import { oauthClientRoutes } from "../platform-api/routes/oauth-clients";
import { pipelineCouplingRoutes } from "../platform-api/routes/pipeline-couplings";
import { pipelinePromotionRoutes } from "../platform-api/routes/pipeline-promotions";
import { pipelineRoutes } from "../platform-api/routes/pipelines";
import { regionCapabilityRoutes } from "../platform-api/routes/region-capabilities";
import { releaseRoutes, releaseStreamRoutes } from "../platform-api/routes/releases";
import { slugBlobRoutes, slugRoutes } from "../platform-api/routes/slugs";
import { sniEndpointRoutes } from "../platform-api/routes/sni-endpoints";
import { teamAppRoutes } from "../platform-api/routes/team-apps";
import { teamRoutes } from "../platform-api/routes/teams";
import { webhookRoutes } from "../platform-api/routes/webhooks";

/** Routes of other rooms. */
interface MoreRoutes {
  /** Behind the check of the API key, but not of `Accept`. */
  readonly dataRoutes?: Hono;
  /** Without any check. */
  readonly openRoutes?: readonly Hono[];
}

const LARGEST_BODY = 10 * 1024 * 1024;
const DATA_PATHS = ["/client/v11/*", "/postgres/v0/*", "/redis/v0/*", "/data/*"];

/** All APIs: the routes that need no API key, the data APIs, and the Platform API. */
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
    authorizationRoutes(platform),
    buildpackInstallationRoutes(platform),
    catalogRoutes(platform),
    collaboratorRoutes(platform),
    configVarRoutes(platform),
    domainRoutes(platform),
    dynoRoutes(platform),
    emptyListRoutes(platform),
    featureRoutes(platform),
    formationRoutes(platform),
    keyRoutes(platform),
    logDrainRoutes(platform),
    logSessionRoutes(platform),
    oauthClientRoutes(platform),
    pipelineCouplingRoutes(platform),
    pipelinePromotionRoutes(platform),
    pipelineRoutes(platform),
    regionCapabilityRoutes(),
    releaseRoutes(platform),
    slugRoutes(platform),
    sniEndpointRoutes(platform),
    teamAppRoutes(platform),
    teamRoutes(platform),
    webhookRoutes(platform),
  ];
}

const limitBody = bodyLimit({
  maxSize: LARGEST_BODY,
  onError: () =>
    new HerokuError(413, "request_entity_too_large", "The request body is larger than 10 MB.").toResponse(),
});

/** A missing route is logged and is 501, so that it is not mistaken for a missing resource. */
function notSupported(c: Context): Response {
  const route = `${c.req.method} ${c.req.path}`;
  console.warn(`not supported by Local Heroku: ${route}`);
  return new HerokuError(501, "not_implemented", `Local Heroku does not support ${route}.`).toResponse();
}

function toReply(error: Error, c: Context<ApiEnv>): Response {
  if (error instanceof HerokuError) return error.toResponse();
  // Reading the body fails if the client disconnects; that is not an error of Local Heroku.
  if (c.env?.socket?.destroyed) return badRequest("The request ended too soon.").toResponse();
  console.error(error);
  return new HerokuError(500, "internal", "Local Heroku failed; its own output says more.").toResponse();
}
