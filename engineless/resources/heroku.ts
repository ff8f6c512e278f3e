import { setTimeout as delay } from "node:timers/promises";
import type { Made, Maker, Registration, Surroundings } from "../resource";
import { text } from "../resource";

interface App {
  id: string;
  name: string;
  web_url: string;
}

interface Addon {
  id: string;
  name: string;
  state: string;
  addon_service: { name: string };
  plan: { name: string };
}

const makeApp: Maker = async ({ inputs }, { api, memory }) => {
  const name = text(inputs, "name");
  const known = memory.get("app");
  const body = { name, region: inputs.region, stack: inputs.stack };
  const app = known === undefined ? await api<App>("POST", "/apps", body) : await api<App>("GET", `/apps/${known}`);
  memory.keep("app", () => app.id);
  return { id: app.id, state: { name: app.name, webUrl: app.web_url } };
};

const makeAddon: Maker = async ({ inputs }, { api, progress }) => {
  const app = text(inputs, "appId");
  const plan = text(inputs, "plan");
  const service = plan.split(":")[0];
  const all = await api<Addon[]>("GET", `/apps/${app}/addons`);
  const found = all.find((addon) => addon.addon_service.name === service);
  let addon = found ?? (await api<Addon>("POST", `/apps/${app}/addons`, { plan, config: inputs.config }));
  if (addon.plan.name !== plan) addon = await api<Addon>("PATCH", `/apps/${app}/addons/${addon.id}`, { plan });
  progress(`waiting for ${plan}`);
  while (addon.state === "provisioning") {
    await delay(500);
    addon = await api<Addon>("GET", `/apps/${app}/addons/${addon.id}`);
  }
  if (addon.state !== "provisioned") throw new Error(`${plan} could not be provisioned: it is ${addon.state}`);
  return { id: addon.id, state: { name: addon.name, plan: addon.plan.name } };
};

const makeConfig: Maker = async ({ inputs }, { api }) => {
  const app = text(inputs, "appId");
  const wanted = { ...(inputs.vars ?? {}), ...(inputs.sensitiveVars ?? {}) };
  const live = await api<Record<string, string>>("GET", `/apps/${app}/config-vars`);
  const changed = Object.entries(wanted).filter(([name, value]) => live[name] !== value);
  if (changed.length > 0) await api("PATCH", `/apps/${app}/config-vars`, Object.fromEntries(changed));
  return { id: `${app}-config`, state: {} };
};

const makeFormation: Maker = async ({ inputs }, { api }) => {
  const { type, size, quantity } = inputs;
  const path = `/apps/${text(inputs, "appId")}/formation/${type}`;
  const formation = await api<{ id: string }>("PATCH", path, { quantity, size });
  return { id: formation.id, state: {} };
};

const makeFeature: Maker = async ({ inputs }, { api }) => {
  const path = `/apps/${text(inputs, "appId")}/features/${text(inputs, "name")}`;
  await api("PATCH", path, { enabled: inputs.enabled });
  return { id: path, state: {} };
};

/** Domains and drains: found in the app's list by the property that names them, else made. */
const makeListed =
  (list: string, property: string, input: string): Maker =>
  async ({ inputs }, { api }) => {
    const path = `/apps/${text(inputs, "appId")}/${list}`;
    const wanted = text(inputs, input);
    const all = await api<Record<string, string>[]>("GET", path);
    const body = { [property]: wanted, ...(list === "domains" ? { sni_endpoint: null } : {}) };
    const found =
      all.find((one) => one[property] === wanted) ?? (await api<Record<string, string>>("POST", path, body));
    return { id: String(found.id), state: { ...found } };
  };

const makers: Record<string, Maker> = {
  "heroku:app/app:App": makeApp,
  "heroku:addon/addon:Addon": makeAddon,
  "heroku:app/configAssociation:ConfigAssociation": makeConfig,
  "heroku:app/feature:Feature": makeFeature,
  "heroku:formation/formation:Formation": makeFormation,
  "heroku:domain/domain:Domain": makeListed("domains", "hostname", "hostname"),
  "heroku:drain/drain:Drain": makeListed("log-drains", "url", "sensitiveUrl"),
};

/** The resources of the provider `heroku` that the program declares. */
export async function makeHeroku(registration: Registration, surroundings: Surroundings): Promise<Made> {
  const maker = makers[registration.type];
  if (maker === undefined) throw new Error(`${registration.type} cannot be made without the Pulumi CLI`);
  return maker(registration, surroundings);
}
