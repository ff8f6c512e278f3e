import { Hono } from "hono";
import { DYNO_SIZES, type DynoSize, findDynoSize } from "../../catalog/dyno-sizes";
import { findRegion, REGIONS, type Region } from "../../catalog/regions";
import { DEFAULT_STACK, findStack, STACKS, type Stack } from "../../catalog/stacks";
import type { Api, ApiEnv } from "../../http/context";
import { notFound } from "../../http/errors";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { Platform } from "../platform";
import { CATALOG_TIMES, GENERATION } from "./views";

const FIELDS = ["name"] as const;

/** Routes of Heroku's resources "region", "stack" and "dyno size". */
export function catalogRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const inApp = findApp(platform.lookup);

  routes.get("/regions", (c) => reply(c, REGIONS.map(regionView), FIELDS));

  routes.get("/regions/:region", (c) => {
    const region = findRegion(c.req.param("region"));
    if (region === undefined) throw notFound("region");
    return c.json(regionView(region));
  });

  routes.get("/stacks", (c) => reply(c, STACKS.map(stackView), FIELDS));

  routes.get("/apps/:app/available-stacks", inApp, (c) => reply(c, STACKS.map(stackView), FIELDS));

  routes.get("/stacks/:stack", (c) => {
    const stack = findStack(c.req.param("stack"));
    if (stack === undefined) throw notFound("stack");
    return c.json(stackView(stack));
  });

  routes.get("/dyno-sizes", (c) => reply(c, DYNO_SIZES.map(dynoSizeView), FIELDS));

  routes.get("/apps/:app/available-dyno-sizes", inApp, (c) => reply(c, DYNO_SIZES.map(dynoSizeView), FIELDS));

  routes.get("/dyno-sizes/:size", (c) => {
    const size = findDynoSize(c.req.param("size"));
    if (size === undefined) throw notFound("dyno size");
    return c.json(dynoSizeView(size));
  });

  return routes;
}

/** A region as Heroku shows it. */
export function regionView(region: Region) {
  return {
    ...CATALOG_TIMES,
    country: region.country,
    description: region.description,
    id: region.id,
    locale: region.locale,
    name: region.name,
    private_capable: region.privateOnly,
    provider: { name: "amazon-web-services", region: region.providerRegion },
  };
}

function stackView(stack: Stack) {
  return {
    ...CATALOG_TIMES,
    default: stack.name === DEFAULT_STACK,
    id: stack.id,
    name: stack.name,
    state: stack.state,
  };
}

function dynoSizeView(size: DynoSize) {
  return {
    architecture: "amd64",
    compute: size.compute,
    cost: { cents: size.cents, unit: "month" },
    dedicated: size.dedicated,
    generation: GENERATION,
    id: size.id,
    memory: size.memoryMb / 1_024,
    name: size.name,
    precise_dyno_units: size.compute,
    private_space_only: false,
  };
}
