import { HerokuError } from "../../../provider/heroku/errors";
import { InitFailedError } from "../../../provider/resources/resource";
import type { InputsOf, ResourceDefinition } from "../../../provider/schema/definition";
import type { Attributes } from "../../bridge/type";
import { configVarsOf, onlyThose } from "../config-vars";
import { appPath, type PlatformApi } from "../platform-api";
import { type Context, herokuResource, uuidFault } from "../resource";

const definition = {
  name: "Addon",
  module: "addon/addon",
  description: "An add-on of an app. Import it by its id.",
  inputs: {
    appId: {
      type: "string",
      description: "Id of the app. Changing it replaces the add-on.",
      replaces: true,
      fault: uuidFault("appId"),
    },
    config: {
      type: "stringMap",
      description: "Options for its creation. Changing them replaces the add-on.",
      optional: true,
      replaces: true,
    },
    name: {
      type: "string",
      description: "Its name, unique in all of Heroku.",
      optional: true,
      fault: (value) =>
        /^[a-zA-Z][\w-]{1,255}$/.test(value)
          ? undefined
          : `add-on name must be a letter, then letters, digits, "-" and "_", got "${value}"; e.g. "sketch-db"`,
    },
    plan: { type: "string", description: 'Service and plan, e.g. "heroku-redis:mini". Changed in place.' },
  },
  outputs: {
    configVarValues: { type: "stringMap", description: "Its config vars, unless customized away.", secret: true },
    configVars: { type: "stringList", description: "Names of its config vars." },
    name: { type: "string", description: "Its name." },
    providerId: { type: "string", description: "Its id at the service that provides it." },
  },
} as const satisfies ResourceDefinition;

interface AddOn {
  id: string;
  name: string;
  app: { id: string };
  config_vars: string[];
  plan: { name: string };
  provider_id: string;
  state: "provisioning" | "provisioned" | "deprovisioning" | "deprovisioned";
}

export const addon = herokuResource({
  definition,
  schemaVersion: 3,

  async create(inputs, context, generated) {
    const made = await createOnce(inputs, context.heroku, generated.includes("name"));
    try {
      await provisioned(made.id, context);
      return { id: made.id, attributes: await attributesOf(made.id, inputs.plan, inputs.config, context) };
    } catch (error) {
      // Heroku has removed what it could not provision: there is nothing to keep, and the next `up` creates another.
      if (error instanceof ProvisioningError) throw error;
      // The add-on is there and costs: the state keeps it, and the next `up` goes on waiting.
      const attributes = {
        ...inputs,
        config: inputs.config ?? null,
        name: made.name,
        __meta: '{"schema_version":"3"}',
      };
      throw new InitFailedError(error instanceof Error ? error.message : String(error), made.id, attributes);
    }
  },

  read: (id, former, context) => attributesOf(id, former.plan, former.config, context),

  async import(id, context) {
    return { id, attributes: await attributesOf(id, undefined, null, context) };
  },

  async update(id, { appId, plan, name, config }, former, context) {
    const changes = {
      plan: plan === former.plan ? undefined : plan,
      name: name === former.name ? undefined : name,
    };
    if (changes.plan !== undefined || changes.name !== undefined) {
      await context.heroku.patch(`${appPath(appId)}/addons/${id}`, changes);
    }
    await provisioned(id, context);
    return attributesOf(id, plan, config, context);
  },

  async delete(id, former, { heroku }) {
    await heroku.delete(`${appPath(former.appId ?? "")}/addons/${id}`);
  },
});

/** Heroku gave an add-on up while it was being provisioned. */
class ProvisioningError extends Error {
  override readonly name = "ProvisioningError";
}

/** A generated name is unique, so a request whose reply was lost can be sent again. */
async function createOnce(
  { appId, plan, config, name }: InputsOf<typeof definition>,
  heroku: PlatformApi,
  isNameGenerated: boolean,
): Promise<AddOn> {
  const path = `${appPath(appId)}/addons`;
  try {
    return await heroku.post<AddOn>(path, { plan, config, name }, { repeatable: isNameGenerated });
  } catch (error) {
    const isTaken = error instanceof HerokuError && error.status === 422;
    const made = isNameGenerated && isTaken ? await heroku.find<AddOn>(`/addons/${name}`) : undefined;
    if (made?.app.id === appId) return made;
    throw error;
  }
}

async function provisioned(id: string, { heroku, settings, timeout }: Context): Promise<void> {
  const longest = timeout ?? settings.addonCreateTimeout * 60_000;
  const look = async () => {
    const { name, state } = await heroku.get<AddOn>(`/addons/${id}`);
    if (state === "provisioned") return name;
    if (state === "provisioning") return undefined;
    throw new ProvisioningError(
      `add-on ${name} could not be provisioned, got state "${state}"; run \`pulumi up\` again to create another`,
    );
  };
  await heroku.waitFor(`add-on ${id} to be provisioned`, longest, look, "heroku:timeouts.addonCreateTimeout");
}

/** The state of an add-on. A plan that the program gives as a service only is kept so. */
async function attributesOf(
  id: string,
  plan: string | null | undefined,
  config: Record<string, string> | null | undefined,
  { heroku, settings }: Context,
): Promise<Attributes<typeof definition>> {
  const found = await heroku.get<AddOn>(`/addons/${encodeURIComponent(id)}`);
  const [service] = found.plan.name.split(":", 1);
  const vars = settings.setAddonConfigVarsInState ? await configVarsOf(heroku, found.app.id) : {};
  return {
    appId: found.app.id,
    config: config ?? null,
    configVarValues: onlyThose(vars, Object.fromEntries(found.config_vars.map((name) => [name, ""]))),
    configVars: found.config_vars,
    name: found.name,
    plan: plan && !plan.includes(":") ? (service ?? plan) : found.plan.name,
    providerId: found.provider_id,
  };
}
