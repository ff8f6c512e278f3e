import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { HerokuError, invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AccountRecord, PipelineRecord } from "../../store/entities";
import { birth } from "../core";
import type { Platform } from "../platform";
import { GENERATION, timed } from "./views";

const FIELDS = ["name", "id"] as const;
const Owner = v.object({ id: v.string(), type: v.picklist(["user", "team"], "Owner type must be user or team.") });
const CreateBody = v.object({ name: v.string(), owner: optional(Owner) });
const UpdateBody = v.object({ name: optional(v.string()) });
const VarsBody = v.record(v.string(), v.nullable(v.string()));

/** Routes of Heroku's resources "pipeline" and "pipeline config var". */
export function pipelineRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { clock, store } = platform.core;
  const pipelines = store.collection("pipelines");
  const requireName = (name: string) => {
    if (!/^[a-z][a-z0-9-]{2,29}$/.test(name)) {
      throw invalidParams("Name must start with a letter and can only contain lowercase letters, digits, and dashes.");
    }
    if (pipelines.find("name", name)) throw invalidParams(`Name ${name} is already taken`);
    return name;
  };

  routes.get("/pipelines", (c) => {
    const name = c.req.query("eq[name]");
    const rows = visible(platform, c.var.account).filter((row) => name === undefined || row.name === name);
    return reply(c, rows.map(pipelineView), FIELDS);
  });

  routes.post("/pipelines", async (c) => {
    const body = await readBody(c, CreateBody);
    const owner = body.owner ? ownerOf(platform, c.var.account, body.owner) : null;
    return c.json(pipelineView(pipelines.put({ ...birth(platform.core), name: requireName(body.name), owner })), 201);
  });

  routes.get("/pipelines/:pipeline", (c) => {
    const wanted = c.req.param("pipeline");
    const row = visible(platform, c.var.account).find(({ id, name }) => id === wanted || name === wanted);
    if (row === undefined) throw notFound("pipeline");
    return c.json(pipelineView(row));
  });

  routes.patch("/pipelines/:pipeline", async (c) => {
    const row = requirePipeline(platform, c.var.account, c.req.param("pipeline"));
    const { name } = await readBody(c, UpdateBody);
    const changed = { ...row, name: name && name !== row.name ? requireName(name) : row.name };
    return c.json(pipelineView(pipelines.put({ ...changed, updatedAt: clock.timestamp() })));
  });

  routes.delete("/pipelines/:pipeline", (c) => {
    const row = requirePipeline(platform, c.var.account, c.req.param("pipeline"));
    pipelines.delete(row.id);
    return c.json(pipelineView(row));
  });

  routes.get("/pipelines/:pipeline/stage/:stage/config-vars", (c) => {
    const row = requirePipeline(platform, c.var.account, c.req.param("pipeline"));
    return c.json(stageConfig(platform, row, c.req.param("stage")).vars);
  });

  routes.patch("/pipelines/:pipeline/stage/:stage/config-vars", async (c) => {
    const row = requirePipeline(platform, c.var.account, c.req.param("pipeline"));
    const config = stageConfig(platform, row, c.req.param("stage"));
    const vars: Record<string, string> = { ...config.vars };
    for (const [name, value] of Object.entries(await readBody(c, VarsBody))) {
      if (value === null) delete vars[name];
      else vars[name] = value;
    }
    return c.json(store.collection("pipelineConfigs").put({ ...config, vars }).vars);
  });
  return routes;
}

/** The account itself or a team that it is a member of, by id. */
function ownerOf(platform: Platform, account: AccountRecord, { id, type }: v.InferOutput<typeof Owner>) {
  if (type === "team") return { id: platform.lookup.team(account, id).id, type };
  if (id === account.id || id === account.email) return { id: account.id, type };
  throw invalidParams(`Owner must be you or a team of yours, got "${id}".`);
}

/** A pipeline as Heroku shows it. */
function pipelineView(row: PipelineRecord) {
  return { ...timed(row), generation: GENERATION, name: row.name, owner: row.owner };
}

/** The pipeline with this UUID: only reading takes a name too. */
export function requirePipeline(platform: Platform, account: AccountRecord, id: string): PipelineRecord {
  const row = visible(platform, account).find((pipeline) => pipeline.id === id);
  if (row === undefined) throw notFound("pipeline");
  return row;
}

/** Pipelines of the account, of its teams, and of nobody. */
function visible(platform: Platform, account: AccountRecord): PipelineRecord[] {
  return platform.core.store
    .collection("pipelines")
    .all()
    .filter(({ owner }) => {
      return owner === null || owner.id === account.id || platform.lookup.isMember(account, owner.id);
    });
}

function stageConfig(platform: Platform, pipeline: PipelineRecord, stage: string) {
  if (!["test", "review"].includes(stage)) {
    throw new HerokuError(422, "invalid_params", `Stage must be test or review, got "${stage}".`);
  }
  const id = `${pipeline.id}/${stage}`;
  return platform.core.store.collection("pipelineConfigs").get(id) ?? { id, pipelineId: pipeline.id, stage, vars: {} };
}
