import { Hono } from "hono";
import * as v from "valibot";
import { readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { DomainRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const FIELDS = ["hostname", "id"] as const;

// Required since 2021, though it may be null: https://devcenter.heroku.com/changelog-items/1938
const sni_endpoint = v.nullable(reference);
const CreateBody = v.object({ hostname: v.string(), sni_endpoint });
const UpdateBody = v.object({ sni_endpoint });

/** Routes of Heroku's resource "domain". */
export function domainRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { domains, lookup } = platform;
  const inApp = findApp(lookup);
  const view = (domain: DomainRecord) => domainView(platform, domain);

  routes.get("/apps/:app/domains", inApp, (c) => reply(c, domains.of(c.var.app).map(view), FIELDS));

  routes.post("/apps/:app/domains", inApp, async (c) => {
    const body = await readBody(c, CreateBody);
    return c.json(view(domains.create(c.var.app, body.hostname, body.sni_endpoint)), 201);
  });

  routes.get("/apps/:app/domains/:domain", inApp, (c) => {
    return c.json(view(domains.find(c.var.app, c.req.param("domain"))));
  });

  routes.patch("/apps/:app/domains/:domain", inApp, async (c) => {
    const domain = domains.findCustom(c.var.app, c.req.param("domain"));
    const body = await readBody(c, UpdateBody);
    return c.json(view(domains.change(c.var.app, domain, body.sni_endpoint)));
  });

  routes.delete("/apps/:app/domains/:domain", inApp, (c) => {
    const domain = domains.findCustom(c.var.app, c.req.param("domain"));
    domains.remove(domain);
    return c.json(view(domain));
  });

  return routes;
}

function domainView({ core }: Platform, domain: DomainRecord) {
  const app = core.store.collection("apps").get(domain.appId);
  const endpoint =
    domain.sniEndpointId === null ? undefined : core.store.collection("sniEndpoints").get(domain.sniEndpointId);
  return {
    ...timed(domain),
    // The CLI's certs:auto:enable --wait waits for these words.
    acm_status: app?.acm && domain.kind === "custom" ? "cert issued" : null,
    acm_status_reason: null,
    app: appRef(app),
    cname: domain.cname,
    hostname: domain.hostname,
    kind: domain.kind,
    sni_endpoint: endpoint ? { id: endpoint.id, name: endpoint.name } : null,
    status: domain.kind === "custom" ? "succeeded" : "none",
  };
}
