import type { InputsOf, ResourceDefinition } from "../../../provider/schema/definition";
import type { Attributes } from "../../bridge/type";
import { changeConfigVars, configVarsOf, doubleFaults, onlyThose, type Vars } from "../config-vars";
import { type Context, herokuResource, uuidFault } from "../resource";

const definition = {
  name: "ConfigAssociation",
  module: "app/configAssociation",
  description: "Config vars of an app, set in one release. It cannot be imported.",
  inputs: {
    appId: { type: "string", description: "Id of the app.", fault: uuidFault("appId") },
    sensitiveVars: { type: "stringMap", description: "Config vars that are secret.", optional: true, secret: true },
    vars: { type: "stringMap", description: "Config vars.", optional: true },
  },
  outputs: {},
} as const satisfies ResourceDefinition;

type Managed = { vars?: Vars | null; sensitiveVars?: Vars | null };

export const configAssociation = herokuResource({
  definition,
  faults: ({ vars, sensitiveVars }) => doubleFaults({ vars: vars ?? {}, sensitiveVars: sensitiveVars ?? {} }),

  async create(inputs, context) {
    await changeConfigVars(inputs.appId, {}, all(inputs), context);
    const { appId, vars, sensitiveVars } = await attributesOf(inputs, context);
    return {
      id: `config:${appId}`,
      attributes: { appId, vars: unlessEmpty(vars), sensitiveVars: unlessEmpty(sensitiveVars) },
    };
  },

  read: (id, former, context) => attributesOf({ ...former, appId: former.appId ?? id.replace("config:", "") }, context),

  async import(id) {
    throw new Error(`a ConfigAssociation cannot be imported, got ${id}; declare it and run \`pulumi up\``);
  },

  async update(_id, inputs, former, context) {
    await changeConfigVars(inputs.appId, all(former), all(inputs), context);
    return attributesOf(inputs, context);
  },

  async delete(_id, former, context) {
    if (former.appId) await changeConfigVars(former.appId, all(former), {}, context);
  },
});

const all = ({ vars, sensitiveVars }: Managed) => ({ ...vars, ...sensitiveVars });

const unlessEmpty = (vars: Record<string, string> | null) => (vars && Object.keys(vars).length > 0 ? vars : null);

async function attributesOf(
  { appId, vars, sensitiveVars }: Managed & Pick<InputsOf<typeof definition>, "appId">,
  { heroku }: Context,
): Promise<Attributes<typeof definition>> {
  const live = await configVarsOf(heroku, appId);
  return { appId, vars: onlyThose(live, vars), sensitiveVars: onlyThose(live, sensitiveVars) };
}
