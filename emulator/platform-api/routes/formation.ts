import { type Context, Hono } from "hono";
import * as v from "valibot";
import { findDynoSize } from "../../catalog/dyno-sizes";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { wantsVariant } from "../../http/headers";
import { reply } from "../../http/range";
import type { AppRecord, FormationRecord, ReleaseRecord } from "../../store/entities";
import type { FormationUpdate } from "../formation";
import type { Platform } from "../platform";
import { appRefOf, timed } from "./views";

const FIELDS = ["type", "id"] as const;

const UPDATE = {
  quantity: optional(v.union([v.number(), v.string()])),
  size: optional(v.string()),
  dyno_size: optional(reference),
  docker_image: v.optional(v.nullable(v.string())),
};
const UpdateBody = v.object(UPDATE);
const BatchBody = v.object({ updates: v.array(v.object({ type: v.string(), ...UPDATE })) });

/** Routes of Heroku's resource "formation", with the container registry's variant `docker-releases`. */
export function formationRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { formation, lookup, releases } = platform;
  const { store } = platform.core;
  const inApp = findApp(lookup);
  const view = ({ req }: Pick<Context, "req">, app: AppRecord, release = releases.current(app)) => {
    const withImage = wantsVariant(req.header("Accept"), "docker-releases");
    return (row: FormationRecord) => formationView(platform, row, release, withImage);
  };
  /** The reply to an update shows what was requested, even while its release is pending. */
  const viewUpdated = (c: Pick<Context, "req">, before: AppRecord) => {
    const app = store.collection("apps").get(before.id) ?? before;
    return view(c, app, releases.pending(app.id).at(-1) ?? releases.current(app));
  };

  routes.get("/apps/:app/formation", inApp, (c) => {
    return reply(c, formation.of(c.var.app).map(view(c, c.var.app)), FIELDS);
  });

  routes.get("/apps/:app/formation/:type", inApp, (c) => {
    return c.json(view(c, c.var.app)(formation.find(c.var.app, c.req.param("type"))));
  });

  routes.patch("/apps/:app/formation", inApp, async (c) => {
    const { updates } = await readBody(c, BatchBody);
    const wanted = updates.map((update) => toUpdate(update.type, update));
    const rows = await formation.change(c.var.app, c.var.account, wanted);
    return c.json(rows.map(viewUpdated(c, c.var.app)));
  });

  routes.patch("/apps/:app/formation/:type", inApp, async (c) => {
    const body = await readBody(c, UpdateBody);
    const wanted = c.req.param("type");
    const type = formation.of(c.var.app).find(({ id }) => id === wanted)?.type ?? wanted;
    const rows = await formation.change(c.var.app, c.var.account, [toUpdate(type, body)]);
    return c.json(rows.map(viewUpdated(c, c.var.app))[0]);
  });

  return routes;
}

function toUpdate(type: string, body: v.InferOutput<typeof UpdateBody>): FormationUpdate {
  return { type, quantity: body.quantity, size: body.dyno_size ?? body.size, image: body.docker_image };
}

/** A process type's formation as Heroku shows it; the released image only in the variant `docker-releases`. */
function formationView(
  platform: Platform,
  row: FormationRecord,
  release: ReleaseRecord | undefined,
  withImage: boolean,
) {
  const image = release?.images[row.type];
  return {
    ...timed(row),
    app: appRefOf(platform, row.appId),
    command: platform.releases.processTypes(release)[row.type] ?? "",
    dyno_size: { id: findDynoSize(row.size)?.id ?? "", name: row.size },
    quantity: row.quantity,
    size: row.size,
    type: row.type,
    ...(withImage ? { docker_image: image ? { id: image.dockerImageId } : null } : {}),
  };
}
