import { type Context, Hono } from "hono";
import { ADDON_SERVICES, type AddonServiceEntry, findAddonService, findPlan } from "../../catalog/addon-services";
import type { Plan } from "../../catalog/plan";
import type { Api, ApiEnv } from "../../http/context";
import { notFound } from "../../http/errors";
import { reply } from "../../http/range";
import { CATALOG_TIMES, GENERATION } from "./views";

const FIELDS = ["name"] as const;

/** Routes of Heroku's resources "add-on service" and "plan". */
export function addonServiceRoutes(): Api {
  const routes = new Hono<ApiEnv>();
  const list = (c: Context<ApiEnv>) => reply(c, ADDON_SERVICES.map(addonServiceView), FIELDS);

  routes.get("/addon-services", list);

  routes.get("/apps/:app/addon-services", list);

  routes.get("/addon-services/:service", (c) => c.json(addonServiceView(requireService(c.req.param("service")))));

  routes.get("/addon-services/:service/plans", (c) => {
    return reply(c, requireService(c.req.param("service")).plans.map(planView), FIELDS);
  });

  routes.get("/addon-services/:service/plans/:plan", (c) => {
    const service = requireService(c.req.param("service"));
    const wanted = c.req.param("plan").replace(`${service.name}:`, "");
    return c.json(planView(requirePlan(service.plans.find(({ id, name }) => id === wanted || name === wanted))));
  });

  routes.get("/plans/:plan", (c) => c.json(planView(requirePlan(findPlan(c.req.param("plan"))))));

  return routes;
}

/** An add-on service as Heroku shows it. */
export function addonServiceView(service: AddonServiceEntry) {
  return {
    ...CATALOG_TIMES,
    cli_plugin_name: service.cliPluginName,
    human_name: service.humanName,
    id: service.id,
    name: service.name,
    state: "ga",
    supported_generations: [GENERATION],
    supports_multiple_installations: true,
    supports_sharing: true,
  };
}

/** A plan as Heroku shows it. */
export function planView(plan: Plan) {
  const service = findAddonService(plan.serviceName);
  return {
    ...CATALOG_TIMES,
    addon_service: { id: service?.id ?? "", name: plan.serviceName },
    compliance: null,
    default: plan.default,
    description: plan.description,
    human_name: plan.humanName,
    id: plan.id,
    installable_inside_private_network: false,
    installable_outside_private_network: true,
    name: `${plan.serviceName}:${plan.name}`,
    price: priceView(plan),
    space_default: false,
    state: "ga",
    visible: true,
  };
}

/** A plan's price: a cap per month. */
export function priceView(plan: Plan) {
  return { cents: plan.cents, contract: false, metered: false, unit: "month" };
}

function requireService(idOrName: string): AddonServiceEntry {
  const service = findAddonService(idOrName);
  if (service === undefined) throw notFound("add-on service");
  return service;
}

function requirePlan(plan: Plan | undefined): Plan {
  if (plan === undefined) throw notFound("plan");
  return plan;
}
