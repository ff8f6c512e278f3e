import { createPrivateKey, X509Certificate } from "node:crypto";
import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import { derivedId } from "../../ids";
import type { AppRecord, SniEndpointRecord } from "../../store/entities";
import { birth } from "../core";
import { randomEndpointName } from "../names";
import type { Platform } from "../platform";
import { appRef, time, timed } from "./views";

const Body = v.object({ certificate_chain: v.string(), private_key: v.string() });

/** Routes of Heroku's resource "SNI endpoint". Local Heroku's router speaks plain HTTP, so nothing is served with it. */
export function sniEndpointRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;
  const { clock, ids, store } = platform.core;
  const endpoints = store.collection("sniEndpoints");
  const show = (app: AppRecord) => (row: SniEndpointRecord) => view(platform, row, app);
  const find = (app: AppRecord, wanted: string) => {
    const row = endpoints.by("app", app.id).find(({ id, name }) => id === wanted || name === wanted);
    if (row === undefined) throw notFound("sni endpoint");
    return row;
  };

  routes.get("/apps/:app/sni-endpoints", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return reply(c, endpoints.by("app", app.id).map(show(app)), ["name", "id"]);
  });

  routes.post("/apps/:app/sni-endpoints", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, Body);
    requirePair(body.certificate_chain, body.private_key);
    const row = endpoints.put({
      ...birth(platform.core),
      appId: app.id,
      name: randomEndpointName(ids),
      certificateChain: body.certificate_chain,
      privateKey: body.private_key,
    });
    return c.json(view(platform, row, app), 201);
  });

  routes.get("/apps/:app/sni-endpoints/:endpoint", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return c.json(view(platform, find(app, c.req.param("endpoint")), app));
  });

  routes.patch("/apps/:app/sni-endpoints/:endpoint", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const row = find(app, c.req.param("endpoint"));
    const { certificate_chain: certificateChain, private_key: privateKey } = await readBody(c, Body);
    requirePair(certificateChain, privateKey);
    const changed = endpoints.put({ ...row, certificateChain, privateKey, updatedAt: clock.timestamp() });
    return c.json(view(platform, changed, app));
  });

  routes.delete("/apps/:app/sni-endpoints/:endpoint", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const row = find(app, c.req.param("endpoint"));
    const shown = view(platform, row, app);
    store.transaction(() => {
      for (const domain of store.collection("domains").by("app", app.id)) {
        if (domain.sniEndpointId === row.id) store.collection("domains").put({ ...domain, sniEndpointId: null });
      }
      endpoints.delete(row.id);
    });
    return c.json(shown);
  });
  return routes;
}

function view(platform: Platform, row: SniEndpointRecord, app: AppRecord) {
  const domains = platform.core.store.collection("domains").by("app", app.id);
  const certificate = new X509Certificate(row.certificateChain);
  const names = (certificate.subjectAltName ?? "").split(", ").filter((name) => name.startsWith("DNS:"));
  const isSelfSigned = certificate.checkIssued(certificate);
  return {
    ...timed(row),
    app: appRef(app),
    certificate_chain: row.certificateChain,
    display_name: null,
    domains: domains.filter(({ sniEndpointId }) => sniEndpointId === row.id).map(({ id }) => id),
    name: row.name,
    ssl_cert: {
      "ca_signed?": !isSelfSigned,
      cert_domains: names.map((name) => name.slice("DNS:".length)),
      expires_at: time(new Date(certificate.validTo).toISOString()),
      id: derivedId("ssl-cert", row.id),
      issuer: oneLine(certificate.issuer),
      "self_signed?": isSelfSigned,
      starts_at: time(new Date(certificate.validFrom).toISOString()),
      subject: oneLine(certificate.subject),
    },
  };
}

function requirePair(chain: string, key: string): void {
  if (!isPair(chain, key))
    throw invalidParams("Unable to verify that the certificate and the private key belong together.");
}

function isPair(chain: string, key: string): boolean {
  try {
    return new X509Certificate(chain).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/** `/CN=example.com/O=Example`, as OpenSSL's one-line form has it. */
function oneLine(name: string): string {
  return `/${name.split("\n").join("/")}`;
}
