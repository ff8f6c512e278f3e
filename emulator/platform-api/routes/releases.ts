import { type Context, Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { notFound } from "../../http/errors";
import { findApp } from "../../http/find-resource";
import { originOf } from "../../http/origin";
import { reply } from "../../http/range";
import type { ReleaseRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const FIELDS = ["version", "id"] as const;

const CreateBody = v.object({
  slug: optional(reference),
  release: optional(v.union([v.pipe(v.number(), v.transform(String)), reference])),
  description: optional(v.string()),
});

/** A release's output is read at this path + its id, which is the secret. */
const RELEASE_STREAMS = "/streams/releases/";

/** Routes of Heroku's resource "release". */
export function releaseRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, releases, slugs } = platform;
  const inApp = findApp(lookup);
  const view = (c: Context) => (release: ReleaseRecord) => releaseView(platform, release, originOf(c));

  routes.get("/apps/:app/releases", inApp, (c) => reply(c, releases.of(c.var.app.id).map(view(c)), FIELDS));

  routes.get("/apps/:app/releases/:release", inApp, (c) => {
    return c.json(view(c)(releases.find(c.var.app, c.req.param("release"))));
  });

  routes.post("/apps/:app/releases", inApp, async (c) => {
    const { app, account } = c.var;
    const body = await readBody(c, CreateBody);
    const release = body.release
      ? releases.rollBack(app, releases.find(app, body.release), account)
      : slugs.release(app, body.slug, body.description, account);
    return c.json(view(c)(release), 201);
  });

  return routes;
}

/** The streams of release phases' output. They need no API key: the path is the secret. */
export function releaseStreamRoutes(platform: Platform): Hono {
  const routes = new Hono();
  const { outputs } = platform;
  const releases = platform.core.store.collection("releases");

  routes.get(`${RELEASE_STREAMS}:id`, (c) => {
    const release = releases.get(c.req.param("id"));
    if (release === undefined) throw notFound("release");
    const output = outputs.follow(release.id, release.status === "pending");
    return c.body(output, 200, { "Content-Type": "text/plain" });
  });

  return routes;
}

function releaseView({ core, releases }: Platform, release: ReleaseRecord, origin: string) {
  const app = core.store.collection("apps").get(release.appId);
  return {
    ...timed(release),
    addon_plan_names: release.addonPlanNames,
    app: appRef(app),
    artifacts: release.slugId === null ? [] : [{ type: "slug", id: release.slugId }],
    current: app?.currentReleaseId === release.id,
    description: release.description,
    eligible_for_rollback: releases.isEligibleForRollback(release),
    oci_image: null,
    output_stream_url: release.hasReleasePhase ? `${origin}${RELEASE_STREAMS}${release.id}` : null,
    slug: release.slugId === null ? null : { id: release.slugId },
    status: releases.isExpired(release) ? "expired" : release.status,
    user: release.user,
    version: release.version,
  };
}
