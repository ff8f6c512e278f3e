import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AccountRecord, AppRecord, ReleaseRecord } from "../../store/entities";
import { ownedNames } from "../config-vars";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const FIELDS = ["version", "id"] as const;

const CreateBody = v.object({
  slug: optional(reference),
  release: optional(v.union([v.pipe(v.number(), v.transform(String)), reference])),
  description: optional(v.string()),
});

/** Where a release's output is read: the id is the secret. */
export const RELEASE_STREAMS = "/streams/releases/";

/** A release as Heroku shows it. */
export function releaseView(platform: Platform, release: ReleaseRecord, app: AppRecord) {
  const current = app.currentReleaseId === release.id;
  return {
    ...timed(release),
    addon_plan_names: release.addonPlanNames,
    app: appRef(app),
    artifacts: release.slugId === null ? [] : [{ type: "slug", id: release.slugId }],
    current,
    description: release.description,
    eligible_for_rollback: isEligible(platform, release),
    oci_image: null,
    output_stream_url: release.hasReleasePhase ? `${platform.core.url}${RELEASE_STREAMS}${release.id}` : null,
    slug: release.slugId === null ? null : { id: release.slugId },
    status: platform.releases.isExpired(release) ? "expired" : release.status,
    user: release.user,
    version: release.version,
  };
}

/** The release with this id or version (`3` or `v3`). */
export function findRelease(platform: Platform, app: AppRecord, idOrVersion: string): ReleaseRecord {
  const releases = platform.core.store.collection("releases");
  const release = releases.get(idOrVersion) ?? releases.find("version", `${app.id}/${idOrVersion.replace(/^v/, "")}`);
  if (release?.appId !== app.id) throw notFound("release");
  return release;
}

/** Routes of Heroku's resource "release". */
export function releaseRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, releases } = platform;

  routes.get("/apps/:app/releases", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const rows = releases.all(app.id).map((release) => releaseView(platform, release, app));
    return reply(c, rows, FIELDS);
  });

  routes.get("/apps/:app/releases/:release", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return c.json(releaseView(platform, findRelease(platform, app, c.req.param("release")), app));
  });

  routes.post("/apps/:app/releases", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, CreateBody);
    const release = body.release
      ? rollBack(platform, app, findRelease(platform, app, body.release), c.var.account)
      : releaseSlug(platform, app, body, c.var.account);
    return c.json(releaseView(platform, release, lookup.app(c.var.account, app.id)), 201);
  });
  return routes;
}

/** The streams of release phases' output. They need no key: the path is the secret. */
export function releaseStreamRoutes(platform: Platform): Hono {
  const routes = new Hono();
  routes.get(`${RELEASE_STREAMS}:id`, (c) => {
    const release = platform.core.store.collection("releases").get(c.req.param("id"));
    if (release === undefined) throw notFound("release");
    return c.body(platform.outputs.follow(release.id, release.status === "pending"), 200, {
      "Content-Type": "text/plain",
    });
  });
  return routes;
}

/** A new release with the code and the people's config vars of an earlier one; add-ons stay as they are. */
function rollBack(platform: Platform, app: AppRecord, target: ReleaseRecord, user: AccountRecord): ReleaseRecord {
  if (!isEligible(platform, target)) {
    throw invalidParams(`Cannot roll back to v${target.version}: it has no code that ran and is still kept.`);
  }
  const { store } = platform.core;
  return store.transaction(() => {
    const owned = ownedNames(store, app.id);
    const vars = Object.fromEntries(Object.entries(target.configVars).filter(([name]) => !owned.has(name)));
    store.collection("configs").put({ id: app.id, vars });
    return platform.releases.create(app, {
      description: `Rollback to v${target.version}`,
      user,
      code: platform.releases.codeOf(target),
      runsReleasePhase: true,
    });
  });
}

function releaseSlug(
  platform: Platform,
  app: AppRecord,
  body: { slug?: string | null | undefined; description?: string | null | undefined },
  user: AccountRecord,
): ReleaseRecord {
  if (!body.slug) throw invalidParams("Require params: slug.");
  const slug = platform.core.store.collection("slugs").get(body.slug);
  if (slug === undefined) throw notFound("slug");
  const description = body.description || `Deploy ${slug.commit?.slice(0, 8) ?? slug.id.slice(0, 8)}`;
  const code = { images: {}, slugId: slug.id };
  return platform.releases.create(app, { description, user, code, runsReleasePhase: true });
}

function isEligible(platform: Platform, release: ReleaseRecord): boolean {
  const hasCode = release.slugId !== null || Object.keys(release.images).length > 0;
  return release.status === "succeeded" && hasCode && !platform.releases.isExpired(release);
}
