import { type Context, Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AccountRecord, CouplingRecord } from "../../store/entities";
import { birth } from "../core";
import type { Platform } from "../platform";
import { requirePipeline } from "./pipelines";
import { timed } from "./views";

const Stage = v.picklist(
  ["test", "review", "development", "staging", "production"],
  "Stage must be test, review, development, staging or production.",
);
const CreateBody = v.object({ app: reference, pipeline: reference, stage: Stage });
const UpdateBody = v.object({ stage: optional(Stage) });

/** Routes of Heroku's resource "pipeline coupling". */
export function pipelineCouplingRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;
  const { clock, store } = platform.core;
  const couplings = store.collection("couplings");
  const view = viewOf(platform);
  const mine = (account: AccountRecord) => {
    const apps = new Set(lookup.apps(account).map(({ id }) => id));
    return couplings.all().filter(({ appId }) => apps.has(appId));
  };
  const find = (account: AccountRecord, wanted: string) => {
    const row = mine(account).find(({ id }) => id === wanted);
    if (row === undefined) throw notFound("pipeline coupling");
    return row;
  };
  const listMine = (c: Context<ApiEnv>) => reply(c, mine(c.var.account).map(view));

  routes.get("/pipeline-couplings", listMine);
  routes.get("/users/:user/pipeline-couplings", listMine);
  routes.get("/teams/:team/pipeline-couplings", (c) => {
    const apps = lookup.teamAppIds(c.var.account, c.req.param("team"));
    const rows = couplings.all().filter(({ appId }) => apps.has(appId));
    return reply(c, rows.map(view));
  });
  routes.get("/pipelines/:pipeline/pipeline-couplings", (c) => {
    const pipeline = requirePipeline(platform, c.var.account, c.req.param("pipeline"));
    return reply(c, couplings.by("pipeline", pipeline.id).map(view));
  });
  routes.get("/apps/:app/pipeline-couplings", (c) => {
    const row = couplings.find("app", lookup.app(c.var.account, c.req.param("app")).id);
    if (row === undefined) throw notFound("pipeline coupling");
    return c.json(view(row));
  });

  routes.post("/pipeline-couplings", async (c) => {
    const body = await readBody(c, CreateBody);
    const app = lookup.app(c.var.account, body.app);
    const pipeline = requirePipeline(platform, c.var.account, body.pipeline);
    if (couplings.find("app", app.id)) throw invalidParams(`App ${app.name} is already attached to a pipeline.`);
    const fresh = { ...birth(platform.core), appId: app.id, pipelineId: pipeline.id, stage: body.stage };
    return c.json(view(couplings.put(fresh)), 201);
  });

  routes.get("/pipeline-couplings/:coupling", (c) => c.json(view(find(c.var.account, c.req.param("coupling")))));
  routes.patch("/pipeline-couplings/:coupling", async (c) => {
    const row = find(c.var.account, c.req.param("coupling"));
    const { stage } = await readBody(c, UpdateBody);
    return c.json(view(couplings.put({ ...row, stage: stage ?? row.stage, updatedAt: clock.timestamp() })));
  });
  routes.delete("/pipeline-couplings/:coupling", (c) => {
    const row = find(c.var.account, c.req.param("coupling"));
    couplings.delete(row.id);
    return c.json(view(row));
  });
  return routes;
}

/** A coupling as Heroku shows it; the pipeline's name is not in the schema, but the CLI prints it. */
function viewOf(platform: Platform) {
  const pipelines = platform.core.store.collection("pipelines");
  return (row: CouplingRecord) => {
    const pipeline = { id: row.pipelineId, name: pipelines.get(row.pipelineId)?.name ?? "" };
    return { ...timed(row), app: { id: row.appId }, pipeline, stage: row.stage };
  };
}
