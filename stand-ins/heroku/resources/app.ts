import type { ResourceDefinition } from "../../../provider/schema/definition";
import type { Attributes, FormerAttributes } from "../../bridge/type";
import { changeConfigVars, configVarsOf, doubleFaults, onlyThose } from "../config-vars";
import { appPath, type PlatformApi } from "../platform-api";
import { type Context, herokuResource } from "../resource";

const definition = {
  name: "App",
  module: "app/app",
  description: "An app. Import it by its id or name.",
  inputs: {
    acm: { type: "boolean", description: "Whether Heroku manages its certificates.", optional: true },
    buildpacks: { type: "stringList", description: "Names or URLs of its buildpacks.", optional: true },
    configVars: { type: "stringMap", description: "Config vars; others are left as they are.", optional: true },
    internalRouting: {
      type: "boolean",
      description: "Whether it is reached within its private space only. Changing it replaces the app.",
      optional: true,
      replaces: true,
    },
    name: { type: "string", description: "Its name, unique in all of Heroku.", optional: true },
    organization: {
      type: "object",
      description: "Team that owns it.",
      optional: true,
      properties: {
        name: { type: "string", description: "Name of the team. Changing it replaces the app.", replaces: true },
        locked: { type: "boolean", description: "Whether members cannot join it by themselves.", optional: true },
        personal: {
          type: "boolean",
          description: "Whether it is created in the user's account. Changing it replaces the app.",
          optional: true,
          replaces: true,
        },
      },
    },
    region: { type: "string", description: "Region. Changing it replaces the app.", replaces: true },
    sensitiveConfigVars: {
      type: "stringMap",
      description: "Config vars that are secret.",
      optional: true,
      secret: true,
    },
    space: {
      type: "string",
      description: "Private space. Changing it replaces the app.",
      optional: true,
      replaces: true,
    },
    stack: { type: "string", description: 'Stack, e.g. "container".', optional: true },
  },
  outputs: {
    acm: { type: "boolean", description: "Whether Heroku manages its certificates." },
    allConfigVars: { type: "stringMap", description: "All config vars, unless customized away.", secret: true },
    buildpacks: { type: "stringList", description: "Names or URLs of its buildpacks." },
    configVars: { type: "stringMap", description: "Config vars of the input." },
    gitUrl: { type: "string", description: "Git URL." },
    herokuHostname: { type: "string", description: "Host name of its address." },
    internalRouting: { type: "boolean", description: "Whether it is reached within its private space only." },
    name: { type: "string", description: "Its name." },
    sensitiveConfigVars: { type: "stringMap", description: "Config vars of the input.", secret: true },
    stack: { type: "string", description: "Stack." },
    uuid: { type: "string", description: "Its id." },
    webUrl: { type: "string", description: "Its address." },
  },
} as const satisfies ResourceDefinition;

/** What Heroku returns of an app. `locked` comes with a team's app only. */
interface App {
  id: string;
  name: string;
  acm: boolean;
  build_stack: { name: string };
  git_url: string;
  internal_routing: boolean | null;
  region: { name: string };
  space: { name: string } | null;
  team: { name: string } | null;
  web_url: string | null;
  locked?: boolean;
}

export const app = herokuResource({
  definition,
  schemaVersion: 1,
  faults: ({ configVars, sensitiveConfigVars }) =>
    doubleFaults({ configVars: configVars ?? {}, sensitiveConfigVars: sensitiveConfigVars ?? {} }),

  async create(inputs, context) {
    const { heroku, settings } = context;
    const { name, region, stack, space, internalRouting, organization } = inputs;
    const { id } = organization
      ? await heroku.post<App>("/teams/apps", {
          name,
          region,
          stack,
          space: space || undefined,
          internal_routing: internalRouting || undefined,
          team: organization.name,
          locked: organization.locked ?? false,
          personal: organization.personal ?? false,
        })
      : await heroku.post<App>("/apps", { name, region, stack });
    await changeConfigVars(id, {}, { ...inputs.configVars, ...inputs.sensitiveConfigVars }, context);
    if (inputs.buildpacks?.length) await setBuildpacks(heroku, id, inputs.buildpacks);
    if (inputs.acm) await setAcm(heroku, id, true);
    const attributes = await attributesOf(id, inputs, context);
    await heroku.pause(settings.postAppCreateDelay);
    return { id, attributes };
  },

  read: attributesOf,

  async import(idOrName, context) {
    const found = await context.heroku.get<App>(appPath(idOrName));
    return { id: found.id, attributes: await attributesOf(found.id, {}, context) };
  },

  async update(id, inputs, former, context) {
    const { heroku } = context;
    const { name, stack, buildpacks, acm, organization } = inputs;
    const changed = <T>(value: T | undefined, old: T | null | undefined) => (value === old ? undefined : value);
    const changes = { name: changed(name, former.name), build_stack: changed(stack, former.stack) };
    if (changes.name !== undefined || changes.build_stack !== undefined) await heroku.patch(appPath(id), changes);
    if (buildpacks !== undefined && String(buildpacks) !== String(former.buildpacks ?? [])) {
      await setBuildpacks(heroku, id, buildpacks);
    }
    // Config vars left out stay, as Terraform takes them for the server's choice.
    const vars = {
      configVars: inputs.configVars ?? former.configVars ?? {},
      sensitiveConfigVars: inputs.sensitiveConfigVars ?? former.sensitiveConfigVars ?? {},
    };
    const before = { ...former.configVars, ...former.sensitiveConfigVars };
    await changeConfigVars(id, before, { ...vars.configVars, ...vars.sensitiveConfigVars }, context);
    if (changed(acm, former.acm) !== undefined) await setAcm(heroku, id, acm === true);
    if (changed(organization?.locked, former.organization?.locked) !== undefined) {
      await heroku.patch(`/teams${appPath(id)}`, { locked: organization?.locked });
    }
    return attributesOf(id, { ...former, ...vars }, context);
  },

  async delete(id, _former, { heroku }) {
    await heroku.delete(appPath(id));
  },
});

/** The state of an app. Of its config vars it keeps those that `kept` has, and all of them when asked to. */
async function attributesOf(
  id: string,
  kept: Pick<FormerAttributes<typeof definition>, "configVars" | "sensitiveConfigVars">,
  { heroku, settings }: Context,
): Promise<Attributes<typeof definition>> {
  const [found, installations, vars] = await Promise.all([
    appOf(heroku, id),
    heroku.get<{ buildpack: { name: string } }[]>(`${appPath(id)}/buildpack-installations`),
    configVarsOf(heroku, id),
  ]);
  return {
    acm: found.acm,
    allConfigVars: settings.setAppAllConfigVarsInState ? vars : {},
    buildpacks: installations.map(({ buildpack }) => buildpack.name),
    configVars: onlyThose(vars, kept.configVars),
    gitUrl: found.git_url,
    herokuHostname: (found.web_url ?? "").replace(/^https?:\/\//, "").replace(/\/$/, ""),
    internalRouting: found.internal_routing ?? false,
    name: found.name,
    // Heroku does not return whether a team's app is personal.
    organization: found.team ? { name: found.team.name, locked: found.locked ?? false, personal: false } : null,
    region: found.region.name,
    sensitiveConfigVars: onlyThose(vars, kept.sensitiveConfigVars),
    space: found.team ? (found.space?.name ?? "") : null,
    stack: found.build_stack.name,
    uuid: found.id,
    webUrl: found.web_url ?? "",
  };
}

async function appOf(heroku: PlatformApi, id: string): Promise<App> {
  const found = await heroku.get<App>(appPath(id));
  return found.team ? { ...found, ...(await heroku.get<App>(`/teams${appPath(id)}`)) } : found;
}

function setBuildpacks(heroku: PlatformApi, id: string, buildpacks: readonly string[]): Promise<unknown> {
  const updates = buildpacks.map((buildpack) => ({ buildpack }));
  return heroku.put(`${appPath(id)}/buildpack-installations`, { updates });
}

function setAcm(heroku: PlatformApi, id: string, on: boolean): Promise<unknown> {
  return on ? heroku.post(`${appPath(id)}/acm`, {}, { repeatable: true }) : heroku.delete(`${appPath(id)}/acm`);
}
