import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { etag } from "hono/etag";
import { requireAccount } from "./platform/auth";
import { rateLimit, requestId, requireVersion3 } from "./platform/conventions";
import type { Api, ApiEnv } from "./platform/env";
import { HerokuError } from "./platform/errors";
import type { Platform } from "./platform/platform";
import { accountRoutes } from "./routes/account";
import { addonAttachmentRoutes } from "./routes/addon-attachments";
import { addonServiceRoutes } from "./routes/addon-services";
import { addonRoutes } from "./routes/addons";
import { appRoutes } from "./routes/apps";
import { buildpackInstallationRoutes } from "./routes/buildpack-installations";
import { catalogueRoutes } from "./routes/catalogue";
import { configVarRoutes } from "./routes/config-vars";
import { domainRoutes } from "./routes/domains";
import { featureRoutes } from "./routes/features";
import { formationRoutes } from "./routes/formation";
import { logDrainRoutes } from "./routes/log-drains";
import { releaseRoutes, releaseStreamRoutes } from "./routes/releases";

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
  for (const routes of [releaseStreamRoutes(platform), ...(more.openRoutes ?? [])]) api.route("/", routes);

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
    addonAttachmentRoutes(platform),
    addonRoutes(platform),
    addonServiceRoutes(),
    appRoutes(platform),
    buildpackInstallationRoutes(platform),
    catalogueRoutes(platform),
    configVarRoutes(platform),
    domainRoutes(platform),
    featureRoutes(platform),
    formationRoutes(platform),
    logDrainRoutes(platform),
    releaseRoutes(platform),
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

function toReply(error: Error): Response {
  if (error instanceof HerokuError) return error.toResponse();
  console.error(error);
  return new HerokuError(500, "internal", "Local Heroku failed; its own output says more.").toResponse();
}
