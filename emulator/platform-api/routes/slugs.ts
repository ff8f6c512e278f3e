import { Hono } from "hono";
import * as v from "valibot";
import { findStack } from "../../catalog/stacks";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import type { SlugRecord } from "../../store/entities";
import { birth } from "../core";
import type { Platform } from "../platform";
import { timed } from "./views";

/** Where a slug's archive is sent to: the id is the secret. */
const SLUG_BLOBS = "/slug-blobs/";

const CreateBody = v.object({
  process_types: v.record(v.string(), v.string()),
  buildpack_provided_description: optional(v.string()),
  checksum: optional(v.string()),
  commit: optional(v.string()),
  commit_description: optional(v.string()),
  stack: optional(reference),
});

/** Routes of Heroku's resource "slug": records only; Local Heroku runs images, not slugs. */
export function slugRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;
  const slugs = platform.core.store.collection("slugs");

  routes.post("/apps/:app/slugs", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, CreateBody);
    const stackName = findStack(body.stack ?? app.buildStackName)?.name;
    if (stackName === undefined) throw invalidParams(`No such stack as ${body.stack}.`);
    const slug = slugs.put({
      ...birth(platform.core),
      appId: app.id,
      processTypes: body.process_types,
      buildpackProvidedDescription: body.buildpack_provided_description ?? null,
      checksum: body.checksum ?? null,
      commit: body.commit ?? null,
      commitDescription: body.commit_description ?? null,
      size: null,
      stackName,
    });
    return c.json(view(platform, slug), 201);
  });

  routes.get("/apps/:app/slugs/:slug", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const slug = slugs.get(c.req.param("slug"));
    if (slug?.appId !== app.id) throw notFound("slug");
    return c.json(view(platform, slug));
  });
  return routes;
}

/** Takes slugs' archives: their size is kept, their content is not. */
export function slugBlobRoutes(platform: Platform): Hono {
  const routes = new Hono();
  const slugs = platform.core.store.collection("slugs");
  routes.put(`${SLUG_BLOBS}:id`, async (c) => {
    const slug = slugs.get(c.req.param("id"));
    if (slug === undefined) throw notFound("slug");
    let size = 0;
    for await (const chunk of c.req.raw.body ?? []) size += chunk.length;
    slugs.put({ ...slug, size, updatedAt: platform.core.clock.timestamp() });
    return c.body(null, 200);
  });
  return routes;
}

function view({ core }: Platform, slug: SlugRecord) {
  return {
    ...timed(slug),
    blob: { method: slug.size === null ? "put" : "get", url: `${core.url}${SLUG_BLOBS}${slug.id}` },
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
