import { X509Certificate } from "node:crypto";
import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import { derivedId } from "../../ids";
import type { SniEndpointRecord } from "../../store/entities";
import type { Platform } from "../platform";
import type { CertificatePair } from "../sni-endpoints";
import { appRefOf, time, timed } from "./views";

const FIELDS = ["name", "id"] as const;

const CreateBody = v.object({ certificate_chain: v.string(), private_key: v.string() });
const UpdateBody = CreateBody;

/** Routes of Heroku's resource "SNI endpoint". */
export function sniEndpointRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, sniEndpoints } = platform;
  const inApp = findApp(lookup);
  const view = (endpoint: SniEndpointRecord) => sniEndpointView(platform, endpoint);

  routes.get("/apps/:app/sni-endpoints", inApp, (c) => reply(c, sniEndpoints.of(c.var.app).map(view), FIELDS));

  routes.post("/apps/:app/sni-endpoints", inApp, async (c) => {
    return c.json(view(sniEndpoints.create(c.var.app, toPair(await readBody(c, CreateBody)))), 201);
  });

  routes.get("/apps/:app/sni-endpoints/:endpoint", inApp, (c) => {
    return c.json(view(sniEndpoints.find(c.var.app, c.req.param("endpoint"))));
  });

  routes.patch("/apps/:app/sni-endpoints/:endpoint", inApp, async (c) => {
    const endpoint = sniEndpoints.find(c.var.app, c.req.param("endpoint"));
    return c.json(view(sniEndpoints.change(endpoint, toPair(await readBody(c, UpdateBody)))));
  });

  routes.delete("/apps/:app/sni-endpoints/:endpoint", inApp, (c) => {
    const endpoint = sniEndpoints.find(c.var.app, c.req.param("endpoint"));
    const before = view(endpoint);
    sniEndpoints.remove(endpoint);
    return c.json(before);
  });

  return routes;
}

function toPair(body: v.InferOutput<typeof CreateBody>): CertificatePair {
  return { certificateChain: body.certificate_chain, privateKey: body.private_key };
}

function sniEndpointView(platform: Platform, endpoint: SniEndpointRecord) {
  const domains = platform.core.store.collection("domains").by("app", endpoint.appId);
  const certificate = new X509Certificate(endpoint.certificateChain);
  const names = (certificate.subjectAltName ?? "").split(", ").filter((name) => name.startsWith("DNS:"));
  const isSelfSigned = certificate.checkIssued(certificate);
  return {
    ...timed(endpoint),
    app: appRefOf(platform, endpoint.appId),
    certificate_chain: endpoint.certificateChain,
    display_name: null,
    domains: domains.filter(({ sniEndpointId }) => sniEndpointId === endpoint.id).map(({ id }) => id),
    name: endpoint.name,
    ssl_cert: {
      "ca_signed?": !isSelfSigned,
      cert_domains: names.map((name) => name.slice("DNS:".length)),
      expires_at: time(new Date(certificate.validTo).toISOString()),
      id: derivedId("ssl-cert", endpoint.id),
      issuer: oneLine(certificate.issuer),
      "self_signed?": isSelfSigned,
      starts_at: time(new Date(certificate.validFrom).toISOString()),
      subject: oneLine(certificate.subject),
    },
  };
}

/** `/CN=example.com/O=Example`: OpenSSL's one-line format. */
function oneLine(name: string): string {
  return `/${name.split("\n").join("/")}`;
}
