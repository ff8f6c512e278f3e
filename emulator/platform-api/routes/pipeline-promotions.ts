import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AccountRecord, AppRecord, PromotionRecord } from "../../store/entities";
import { birth } from "../core";
import type { Platform } from "../platform";
import { requirePipeline } from "./pipelines";
import { findRelease } from "./releases";
import { timed } from "./views";

const CreateBody = v.object({
  pipeline: reference,
  source: v.object({ app: reference, release: optional(reference) }),
  targets: v.array(v.object({ app: reference })),
});

/** Routes of Heroku's resources "pipeline promotion" and "pipeline promotion target". */
export function pipelinePromotionRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, releases } = platform;
  const { ids, store } = platform.core;
  const promotions = store.collection("promotions");
  const find = (account: AccountRecord, id: string) => {
    const row = promotions.get(id);
    if (row === undefined) throw notFound("pipeline promotion");
    requirePipeline(platform, account, row.pipelineId);
    return row;
  };

  routes.post("/pipeline-promotions", async (c) => {
    const body = await readBody(c, CreateBody);
    const pipeline = requirePipeline(platform, c.var.account, body.pipeline);
    const source = lookup.app(c.var.account, body.source.app);
    const targets = body.targets.map(({ app }) => lookup.app(c.var.account, app));
    for (const app of [source, ...targets]) requireCoupled(platform, app, pipeline.id);
    if (targets.length === 0) throw invalidParams("A promotion needs at least one target.");
    if (targets.some(({ id }) => id === source.id)) throw invalidParams("An app cannot be promoted to itself.");
    const release = body.source.release ? findRelease(platform, source, body.source.release) : releases.current(source);
    const { images, slugId } = releases.codeOf(release);
    if (release === undefined || (slugId === null && Object.keys(images).length === 0)) {
      throw invalidParams(`App ${source.name} has no release with code to promote.`);
    }
    const promotion = promotions.put({
      ...birth(platform.core),
      pipelineId: pipeline.id,
      sourceAppId: source.id,
      sourceReleaseId: release.id,
      targets: targets.map((app) => ({
        id: ids.uuid(),
        appId: app.id,
        releaseId: null,
        status: "pending",
        errorMessage: null,
      })),
    });
    platform.promotions.start(promotion);
    return c.json(view(promotion), 201);
  });

  routes.get("/pipeline-promotions/:promotion", (c) => {
    return c.json(view(find(c.var.account, c.req.param("promotion"))));
  });

  routes.get("/pipeline-promotions/:promotion/promotion-targets", (c) => {
    const promotion = find(c.var.account, c.req.param("promotion"));
    const rows = promotion.targets.map((target) => ({
      app: { id: target.appId },
      error_message: target.errorMessage,
      id: target.id,
      pipeline_promotion: { id: promotion.id },
      release: target.releaseId === null ? null : { id: target.releaseId },
      status: target.status,
    }));
    return reply(c, rows);
  });
  return routes;
}

function view(promotion: PromotionRecord) {
  const isPending = promotion.targets.some(({ status }) => status === "pending");
  return {
    ...timed(promotion),
    pipeline: { id: promotion.pipelineId },
    source: { app: { id: promotion.sourceAppId }, release: { id: promotion.sourceReleaseId } },
    status: isPending ? "pending" : "completed",
  };
}

function requireCoupled(platform: Platform, app: AppRecord, pipelineId: string): void {
  const coupling = platform.core.store.collection("couplings").find("app", app.id);
  if (coupling?.pipelineId !== pipelineId) throw invalidParams(`App ${app.name} is not in this pipeline.`);
}
