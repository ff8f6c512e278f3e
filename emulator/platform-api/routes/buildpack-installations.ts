import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import type { Platform } from "../platform";

const UpdateBody = v.object({ updates: v.array(v.object({ buildpack: v.string() })) });

/** Routes of Heroku's resource "buildpack installation": the list is kept, nothing is built. */
export function buildpackInstallationRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;

  routes.get("/apps/:app/buildpack-installations", (c) => {
    return c.json(view(lookup.app(c.var.account, c.req.param("app")).buildpacks));
  });
  routes.put("/apps/:app/buildpack-installations", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const { updates } = await readBody(c, UpdateBody);
    const buildpacks = updates.map(({ buildpack }) => buildpack);
    platform.core.store.collection("apps").put({ ...app, buildpacks, updatedAt: platform.core.clock.timestamp() });
    return c.json(view(buildpacks));
  });
  return routes;
}

function view(buildpacks: readonly string[]) {
  return buildpacks.map((url, ordinal) => ({ ordinal, buildpack: { url, name: url } }));
}
