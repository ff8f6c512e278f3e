import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams } from "../../http/errors";
import { findAddon } from "../../http/find-resource";
import type { DataServices } from "../data-services";
import { addonDatabase, endSessions, resetDatabase } from "./database-end";
import { databaseInfo } from "./database-info";

const BASE = "/client/v11/databases/:addon";

const ResetBody = v.object({ extensions: optional(v.array(v.pipe(v.string(), v.regex(/^[\w-]+$/)))) });

/** Routes of a database as a whole (`heroku pg:info`, `pg:wait`, `pg:reset`, `pg:killall`). */
export function databaseRoutes(data: DataServices): Api {
  const routes = new Hono<ApiEnv>();
  const { context, postgres } = data;
  const ofDatabase = findAddon(context, "heroku-postgresql");

  routes.get(BASE, ofDatabase, async (c) => c.json(await databaseInfo(data, c.var.addon)));

  routes.get(`${BASE}/wait_status`, ofDatabase, (c) => {
    const busy = postgres.busyWith(c.var.addon.id);
    return c.json({ message: busy ?? "available", "waiting?": busy !== undefined, "error?": false });
  });

  routes.put(`${BASE}/reset`, ofDatabase, async (c) => {
    const { extensions = [] } = await readBody(c, ResetBody);
    const end = await addonDatabase(postgres, c.var.addon);
    await resetDatabase(end);
    const create = extensions.map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}";`);
    if (create.length > 0) {
      await end.server.sql(end.connection, create.join("\n")).catch((error: Error) => {
        throw invalidParams(error.message);
      });
    }
    return c.json({ message: "Reset successful." });
  });

  routes.post(`${BASE}/connection_reset`, ofDatabase, async (c) => {
    await endSessions(await addonDatabase(postgres, c.var.addon));
    return c.json({ message: "Connections terminated." });
  });

  routes.put(`${BASE}/unfollow`, ofDatabase, (c) => {
    throw invalidParams(`${c.var.addon.name} is not following another database.`);
  });

  routes.get(`${BASE}/upgrade/wait_status`, ofDatabase, (c) => {
    return c.json({ message: "available", step: "", "waiting?": false, "error?": false });
  });

  return routes;
}
