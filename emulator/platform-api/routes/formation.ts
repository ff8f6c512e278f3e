import { type Context, Hono } from "hono";
import * as v from "valibot";
import { findDynoSize } from "../../catalog/dyno-sizes";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { notFound } from "../../http/errors";
import { wantsVariant } from "../../http/headers";
import { reply } from "../../http/range";
import type { AppRecord, FormationRecord, ReleaseRecord } from "../../store/entities";
import { type FormationUpdate, updateFormation } from "../formation";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const FIELDS = ["type", "id"] as const;

const updateFields = {
  quantity: optional(v.union([v.number(), v.string()])),
  size: optional(v.string()),
  dyno_size: optional(reference),
  docker_image: v.optional(v.nullable(v.string())),
};
const OneBody = v.object(updateFields);
const ManyBody = v.object({ updates: v.array(v.object({ type: v.string(), ...updateFields })) });

/** A process type's formation as Heroku shows it; `docker` adds the released image. */
function formationView(
  platform: Platform,
  app: AppRecord,
  release: ReleaseRecord | undefined,
  row: FormationRecord,
  docker: boolean,
) {
  const image = release?.images[row.type];
  return {
    ...timed(row),
    app: appRef(app),
    command: platform.releases.processTypes(release)[row.type] ?? "",
    dyno_size: { id: findDynoSize(row.size)?.id ?? "", name: row.size },
    quantity: row.quantity,
    size: row.size,
    type: row.type,
    ...(docker ? { docker_image: image ? { id: image.dockerImageId } : null } : {}),
  };
}

/** Routes of Heroku's resource "formation", with the container registry's variant `docker-releases`. */
export function formationRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, releases } = platform;
  const { store } = platform.core;

  /** The rows of the process types that the current release has. */
  const rowsOf = (app: AppRecord) => {
    const types = releases.processTypes(releases.current(app));
    return store
      .collection("formations")
      .by("app", app.id)
      .filter((row) => row.type in types);
  };
  const view = (c: Context<ApiEnv>, app: AppRecord, release = releases.current(app)) => {
    const docker = wantsVariant(c.req.header("Accept"), "docker-releases");
    return (row: FormationRecord) => formationView(platform, app, release, row, docker);
  };
  /** What an update asked for shows in its reply, also while its release is pending. */
  const viewUpdated = (c: Context<ApiEnv>, appId: string) => {
    const app = lookup.app(c.var.account, appId);
    return view(c, app, releases.pending(app.id).at(-1) ?? releases.current(app));
  };
  const apply = (c: Context<ApiEnv>, app: AppRecord, updates: readonly FormationUpdate[]) =>
    updateFormation(platform, app, c.var.account, updates);

  routes.get("/apps/:app/formation", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return reply(c, rowsOf(app).map(view(c, app)), FIELDS);
  });

  routes.get("/apps/:app/formation/:type", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const wanted = c.req.param("type");
    const row = rowsOf(app).find(({ id, type }) => id === wanted || type === wanted);
    if (row === undefined) throw notFound("formation");
    return c.json(view(c, app)(row));
  });

  routes.patch("/apps/:app/formation", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const { updates } = await readBody(c, ManyBody);
    const rows = await apply(
      c,
      app,
      updates.map((update) => toUpdate(update.type, update)),
    );
    return c.json(rows.map(viewUpdated(c, app.id)));
  });

  routes.patch("/apps/:app/formation/:type", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, OneBody);
    const wanted = c.req.param("type");
    const type = rowsOf(app).find(({ id }) => id === wanted)?.type ?? wanted;
    const [row] = await apply(c, app, [toUpdate(type, body)]);
    if (row === undefined) throw notFound("formation");
    return c.json(viewUpdated(c, app.id)(row));
  });
  return routes;
}

function toUpdate(type: string, body: v.InferOutput<typeof OneBody>): FormationUpdate {
  return {
    type,
    quantity: body.quantity ?? undefined,
    size: body.dyno_size ?? body.size ?? undefined,
    image: body.docker_image,
  };
}
