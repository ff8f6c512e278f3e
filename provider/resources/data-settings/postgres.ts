import { postgresService } from "../../heroku/addons";
import type { InputsOf } from "../../schema/definition";
import type { Resource } from "../resource";
import { postgresSettings as definition, postgresSettingNames } from "./postgres-definition";
import { applySettings, readDeclared, resetSettings, type SettingsKind } from "./shared";

const kind: SettingsKind = {
  service: postgresService,
  inputs: definition.inputs,
  names: postgresSettingNames,
  requirePlan(addon) {
    const plan = addon.plan.name.replace(/^.*:/, "");
    if (!plan.startsWith("essential")) return;
    throw new Error(
      `settings of database "${addon.name}" need a plan that has some, got ${plan}; choose standard-0 or above, or ` +
        "remove the settings",
    );
  },
};

export const postgresSettings: Resource<typeof definition> = {
  definition,

  async create(inputs, context) {
    const addon = await applySettings(kind, inputs.database, inputs, {}, context);
    return { id: addon.id, state: { ...inputs, databaseId: addon.id, databaseName: addon.name } };
  },

  async read(id, former, context) {
    const found = await readDeclared(kind, former?.databaseId ?? id, former, context);
    if (!found) return undefined;
    const { addon, values } = found;
    const inputs: InputsOf<typeof definition> = { database: former?.database ?? id, ...values };
    return { id: addon.id, inputs, state: { ...inputs, databaseId: addon.id, databaseName: addon.name } };
  },

  async update(_id, inputs, former, context) {
    const addon = await applySettings(kind, inputs.database, inputs, former, context);
    return { ...inputs, databaseId: addon.id, databaseName: addon.name };
  },

  async delete(id, former, context) {
    await resetSettings(kind, id, former, context);
  },
};
