import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { reply } from "../../http/range";
import type { PromotionRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { timed } from "./views";

const CreateBody = v.object({
  pipeline: reference,
  source: v.object({ app: reference, release: optional(reference) }),
  targets: v.array(v.object({ app: reference })),
});

/** Routes of Heroku's resources "pipeline promotion" and "pipeline promotion target". */
export function pipelinePromotionRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, pipelines, promotions } = platform;

  routes.post("/pipeline-promotions", async (c) => {
    const body = await readBody(c, CreateBody);
    const { account } = c.var;
    const pipeline = pipelines.find(account, body.pipeline);
    const source = lookup.app(account, body.source.app);
    const targets = body.targets.map(({ app }) => lookup.app(account, app));
    return c.json(promotionView(promotions.create(pipeline, source, targets, body.source.release)), 201);
  });

  routes.get("/pipeline-promotions/:promotion", (c) => {
    return c.json(promotionView(promotions.find(c.var.account, c.req.param("promotion"))));
  });

  routes.get("/pipeline-promotions/:promotion/promotion-targets", (c) => {
    return reply(c, promotionTargetsView(promotions.find(c.var.account, c.req.param("promotion"))));
  });

  return routes;
}

function promotionView(promotion: PromotionRecord) {
  const isPending = promotion.targets.some(({ status }) => status === "pending");
  return {
    ...timed(promotion),
    pipeline: { id: promotion.pipelineId },
    source: { app: { id: promotion.sourceAppId }, release: { id: promotion.sourceReleaseId } },
    status: isPending ? "pending" : "completed",
  };
}

function promotionTargetsView({ id, targets }: PromotionRecord) {
  return targets.map((target) => ({
    app: { id: target.appId },
    error_message: target.errorMessage,
    id: target.id,
    pipeline_promotion: { id },
    release: target.releaseId === null ? null : { id: target.releaseId },
    status: target.status,
  }));
}
