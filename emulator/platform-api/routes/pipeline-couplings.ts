import { type Context, Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { CouplingRecord } from "../../store/entities";
import type { Platform } from "../platform";
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
  const { couplings, lookup, pipelines } = platform;
  const inApp = findApp(lookup);
  const view = (coupling: CouplingRecord) => pipelineCouplingView(platform, coupling);
  const list = (c: Context<ApiEnv>) => reply(c, couplings.of(c.var.account).map(view));

  routes.get("/pipeline-couplings", list);

  routes.get("/users/:user/pipeline-couplings", list);

  routes.get("/teams/:team/pipeline-couplings", (c) => {
    return reply(c, couplings.ofTeam(c.var.account, c.req.param("team")).map(view));
  });

  routes.get("/pipelines/:pipeline/pipeline-couplings", (c) => {
    const pipeline = pipelines.find(c.var.account, c.req.param("pipeline"));
    return reply(c, couplings.ofPipeline(pipeline).map(view));
  });

  routes.get("/apps/:app/pipeline-couplings", inApp, (c) => c.json(view(couplings.ofApp(c.var.app))));

  routes.post("/pipeline-couplings", async (c) => {
    const { app, pipeline, stage } = await readBody(c, CreateBody);
    const { account } = c.var;
    const coupling = couplings.create(lookup.app(account, app), pipelines.find(account, pipeline), stage);
    return c.json(view(coupling), 201);
  });

  routes.get("/pipeline-couplings/:coupling", (c) => {
    return c.json(view(couplings.find(c.var.account, c.req.param("coupling"))));
  });

  routes.patch("/pipeline-couplings/:coupling", async (c) => {
    const coupling = couplings.find(c.var.account, c.req.param("coupling"));
    const { stage } = await readBody(c, UpdateBody);
    return c.json(view(couplings.change(coupling, stage)));
  });

  routes.delete("/pipeline-couplings/:coupling", (c) => {
    const coupling = couplings.find(c.var.account, c.req.param("coupling"));
    couplings.remove(coupling);
    return c.json(view(coupling));
  });

  return routes;
}

/** A coupling as Heroku shows it. The pipeline's name is not in the schema, but the CLI prints it. */
function pipelineCouplingView({ core }: Platform, coupling: CouplingRecord) {
  const name = core.store.collection("pipelines").get(coupling.pipelineId)?.name ?? "";
  return {
    ...timed(coupling),
    app: { id: coupling.appId },
    pipeline: { id: coupling.pipelineId, name },
    stage: coupling.stage,
  };
}
