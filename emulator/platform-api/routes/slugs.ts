import { Hono } from "hono";
import * as v from "valibot";
import { findStack } from "../../catalog/stacks";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { originOf } from "../../http/origin";
import type { SlugRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { timed } from "./views";

/** A slug's archive is uploaded to this path + its id, which is the secret. */
const SLUG_BLOBS = "/slug-blobs/";

const CreateBody = v.object({
  process_types: v.record(v.string(), v.string()),
  buildpack_provided_description: optional(v.string()),
  checksum: optional(v.string()),
  commit: optional(v.string()),
  commit_description: optional(v.string()),
  stack: optional(reference),
});

/** Routes of Heroku's resource "slug". */
export function slugRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, slugs } = platform;
  const inApp = findApp(lookup);

  routes.post("/apps/:app/slugs", inApp, async (c) => {
    const body = await readBody(c, CreateBody);
    const slug = slugs.create(c.var.app, {
      processTypes: body.process_types,
      buildpackProvidedDescription: body.buildpack_provided_description,
      checksum: body.checksum,
      commit: body.commit,
      commitDescription: body.commit_description,
      stack: body.stack,
    });
    return c.json(slugView(slug, originOf(c)), 201);
  });

  routes.get("/apps/:app/slugs/:slug", inApp, (c) => {
    return c.json(slugView(slugs.find(c.var.app, c.req.param("slug")), originOf(c)));
  });

  return routes;
}

/** The upload of slugs' archives. It needs no API key: the path is the secret. */
export function slugBlobRoutes(platform: Platform): Hono {
  const routes = new Hono();
  const { slugs } = platform;

  routes.put(`${SLUG_BLOBS}:id`, async (c) => {
    await slugs.upload(c.req.param("id"), c.req.raw.body ?? new Blob([]).stream());
    return c.body(null, 200);
  });

  return routes;
}

function slugView(slug: SlugRecord, origin: string) {
  return {
    ...timed(slug),
    blob: { method: slug.size === null ? "put" : "get", url: `${origin}${SLUG_BLOBS}${slug.id}` },
    buildpack_provided_description: slug.buildpackProvidedDescription,
    checksum: slug.checksum,
    commit: slug.commit,
    commit_description: slug.commitDescription,
    deleted_at: null,
    process_types: slug.processTypes,
    size: slug.size,
    stack: { id: findStack(slug.stackName)?.id ?? "", name: slug.stackName },
  };
}
