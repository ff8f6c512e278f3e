import { Hono } from "hono";
import { ADDON_SERVICES, type AddonServiceEntry, findAddonService } from "../../catalog/addon-services";
import { findRegion, REGIONS, type Region } from "../../catalog/regions";
import type { Api, ApiEnv } from "../../http/context";
import { notFound } from "../../http/errors";
import { reply } from "../../http/range";
import { derivedId } from "../../ids";
import { addonServiceView } from "./addon-services";
import { regionView } from "./catalog";

/** Routes of Heroku's resource "add-on region capability": every service is in every region. */
export function regionCapabilityRoutes(): Api {
  const routes = new Hono<ApiEnv>();
  const list = (services: readonly AddonServiceEntry[], regions: readonly Region[]) =>
    services.flatMap((service) => regions.map((region) => capabilityView(service, region)));

  routes.get("/addon-region-capabilities", (c) => reply(c, list(ADDON_SERVICES, REGIONS)));

  routes.get("/addon-services/:service/region-capabilities", (c) => {
    const service = findAddonService(c.req.param("service"));
    if (service === undefined) throw notFound("add-on service");
    return reply(c, list([service], REGIONS));
  });

  routes.get("/regions/:region/addon-region-capabilities", (c) => {
    const region = findRegion(c.req.param("region"));
    if (region === undefined) throw notFound("region");
    return reply(c, list(ADDON_SERVICES, [region]));
  });

  return routes;
}

function capabilityView(service: AddonServiceEntry, region: Region) {
  return {
    addon_service: addonServiceView(service),
    id: derivedId("region capability", service.name, region.name),
    region: regionView(region),
    supports_private_networking: false,
  };
}
