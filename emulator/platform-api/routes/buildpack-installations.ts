import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import type { Platform } from "../platform";

const UpdateBody = v.object({ updates: v.array(v.object({ buildpack: v.string() })) });

/** Routes of Heroku's resource "buildpack installation": the list is kept, nothing is built. */
export function buildpackInstallationRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { apps, lookup } = platform;
  const inApp = findApp(lookup);

  routes.get("/apps/:app/buildpack-installations", inApp, (c) => {
    return c.json(buildpackInstallationsView(c.var.app.buildpacks));
  });

  routes.put("/apps/:app/buildpack-installations", inApp, async (c) => {
    const { updates } = await readBody(c, UpdateBody);
    const { buildpacks } = apps.change(c.var.app, { buildpacks: updates.map(({ buildpack }) => buildpack) });
    return c.json(buildpackInstallationsView(buildpacks));
  });

  return routes;
}

function buildpackInstallationsView(buildpacks: readonly string[]) {
  return buildpacks.map((url, ordinal) => ({ ordinal, buildpack: { url, name: url } }));
}
