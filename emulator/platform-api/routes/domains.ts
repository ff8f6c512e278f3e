import { Hono } from "hono";
import * as v from "valibot";
import { defaultDomain } from "../../contract";
import { readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import { derivedId } from "../../ids";
import type { AppRecord, DomainRecord } from "../../store/entities";
import { birth } from "../core";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const FIELDS = ["hostname", "id"] as const;
const HOSTNAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

// Heroku asks for `sni_endpoint`, be it null, since 2021: https://devcenter.heroku.com/changelog-items/1938
const CreateBody = v.object({ hostname: v.string(), sni_endpoint: v.nullable(reference) });
const UpdateBody = v.object({ sni_endpoint: v.nullable(reference) });

/** Routes of Heroku's resource "domain". */
export function domainRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;
  const { store, clock } = platform.core;
  const domains = store.collection("domains");
  const rowsOf = (app: AppRecord) => [ownDomain(app), ...domains.by("app", app.id)];
  const find = (app: AppRecord, idOrHostname: string) => {
    const row = rowsOf(app).find(({ id, hostname }) => id === idOrHostname || hostname === idOrHostname);
    if (row === undefined) throw notFound("domain");
    return row;
  };
  const findCustom = (app: AppRecord, idOrHostname: string) => {
    const row = find(app, idOrHostname);
    if (row.kind === "heroku") throw invalidParams(`Cannot change the app's own domain ${row.hostname}.`);
    return row;
  };
  const endpointId = (app: AppRecord, idOrName: string | null) => {
    if (!idOrName) return null;
    const rows = store.collection("sniEndpoints").by("app", app.id);
    const row = rows.find(({ id, name }) => id === idOrName || name === idOrName);
    if (row === undefined) throw notFound("sni endpoint");
    return row.id;
  };

  routes.get("/apps/:app/domains", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return reply(
      c,
      rowsOf(app).map((row) => view(platform, row, app)),
      FIELDS,
    );
  });

  routes.post("/apps/:app/domains", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, CreateBody);
    const hostname = body.hostname.toLowerCase();
    if (!HOSTNAME.test(hostname) || hostname.length > 253)
      throw invalidParams(`Hostname ${body.hostname} is not valid`);
    const holder = domains.find("hostname", hostname);
    if (holder?.appId === app.id) throw invalidParams(`Domain ${hostname} is already added to this app.`);
    if (holder) throw invalidParams(`${hostname} is currently in use by another app.`);
    const fresh = birth(platform.core);
    const row = domains.put({
      ...fresh,
      appId: app.id,
      hostname,
      cname: `${app.name}-${fresh.id.slice(0, 8)}.herokudns.${new URL(platform.core.url).hostname}`,
      kind: "custom",
      sniEndpointId: endpointId(app, body.sni_endpoint),
    });
    return c.json(view(platform, row, app), 201);
  });

  routes.get("/apps/:app/domains/:domain", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return c.json(view(platform, find(app, c.req.param("domain")), app));
  });

  routes.patch("/apps/:app/domains/:domain", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const row = findCustom(app, c.req.param("domain"));
    const { sni_endpoint } = await readBody(c, UpdateBody);
    const changed = domains.put({ ...row, sniEndpointId: endpointId(app, sni_endpoint), updatedAt: clock.timestamp() });
    return c.json(view(platform, changed, app));
  });

  routes.delete("/apps/:app/domains/:domain", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const row = findCustom(app, c.req.param("domain"));
    domains.delete(row.id);
    return c.json(view(platform, row, app));
  });
  return routes;
}

function view(platform: Platform, row: DomainRecord, app: AppRecord) {
  const endpoint =
    row.sniEndpointId === null ? undefined : platform.core.store.collection("sniEndpoints").get(row.sniEndpointId);
  return {
    ...timed(row),
    acm_status: app.acm && row.kind === "custom" ? "ok" : null,
    acm_status_reason: null,
    app: appRef(app),
    cname: row.cname,
    hostname: row.hostname,
    kind: row.kind,
    sni_endpoint: endpoint ? { id: endpoint.id, name: endpoint.name } : null,
    status: row.kind === "custom" ? "succeeded" : "none",
  };
}

/** The domain that an app has from its name; it follows a rename and cannot be removed. */
function ownDomain(app: AppRecord): DomainRecord {
  return {
    id: derivedId("domain", app.id),
    createdAt: app.createdAt,
    updatedAt: app.updatedAt,
    appId: app.id,
    hostname: defaultDomain(app),
    cname: null,
    kind: "heroku",
    sniEndpointId: null,
  };
}
