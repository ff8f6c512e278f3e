import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { reply } from "../../http/range";
import type { PipelineRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { GENERATION, timed } from "./views";

const FIELDS = ["name", "id"] as const;

const Owner = v.object({ id: v.string(), type: v.picklist(["user", "team"], "Owner type must be user or team.") });
const CreateBody = v.object({ name: v.string(), owner: optional(Owner) });
const UpdateBody = v.object({ name: optional(v.string()) });
const UpdateConfigBody = v.record(v.string(), v.nullable(v.string()));

/** Routes of Heroku's resources "pipeline" and "pipeline config var". */
export function pipelineRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { pipelines } = platform;

  routes.get("/pipelines", (c) => {
    const wanted = c.req.query("eq[name]");
    const rows = pipelines.of(c.var.account).filter(({ name }) => wanted === undefined || name === wanted);
    return reply(c, rows.map(pipelineView), FIELDS);
  });

  routes.post("/pipelines", async (c) => {
    const { name, owner } = await readBody(c, CreateBody);
    return c.json(pipelineView(pipelines.create(c.var.account, name, owner)), 201);
  });

  routes.get("/pipelines/:pipeline", (c) => {
    return c.json(pipelineView(pipelines.find(c.var.account, c.req.param("pipeline"), "id or name")));
  });

  routes.patch("/pipelines/:pipeline", async (c) => {
    const pipeline = pipelines.find(c.var.account, c.req.param("pipeline"));
    const { name } = await readBody(c, UpdateBody);
    return c.json(pipelineView(pipelines.change(pipeline, name || undefined)));
  });

  routes.delete("/pipelines/:pipeline", (c) => {
    const pipeline = pipelines.find(c.var.account, c.req.param("pipeline"));
    pipelines.remove(pipeline);
    return c.json(pipelineView(pipeline));
  });

  routes.get("/pipelines/:pipeline/stage/:stage/config-vars", (c) => {
    const pipeline = pipelines.find(c.var.account, c.req.param("pipeline"));
    return c.json(pipelines.config(pipeline, c.req.param("stage")).vars);
  });

  routes.patch("/pipelines/:pipeline/stage/:stage/config-vars", async (c) => {
    const pipeline = pipelines.find(c.var.account, c.req.param("pipeline"));
    const config = pipelines.config(pipeline, c.req.param("stage"));
    return c.json(pipelines.changeConfig(config, await readBody(c, UpdateConfigBody)).vars);
  });

  return routes;
}

function pipelineView(pipeline: PipelineRecord) {
  return { ...timed(pipeline), generation: GENERATION, name: pipeline.name, owner: pipeline.owner };
}
