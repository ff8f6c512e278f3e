import { redisService } from "../../heroku/addons";
import type { InputsOf } from "../../schema/definition";
import type { Resource } from "../resource";
import { redisConfig as definition, redisSettingNames } from "./redis-definition";
import { applySettings, readDeclared, resetSettings, type SettingsKind } from "./shared";

const kind: SettingsKind = {
  service: redisService,
  inputs: definition.inputs,
  names: redisSettingNames,
  requirePlan() {},
};

export const redisConfig: Resource<typeof definition> = {
  definition,

  async create(inputs, context) {
    const addon = await applySettings(kind, inputs.redis, inputs, {}, context);
    return { id: addon.id, state: { ...inputs, redisId: addon.id, redisName: addon.name } };
  },

  async read(id, former, context) {
    const found = await readDeclared(kind, former?.redisId ?? id, former, context);
    if (!found) return undefined;
    const inputs: InputsOf<typeof definition> = { redis: former?.redis ?? id, ...found.values };
    return { id: found.addon.id, inputs, state: { ...inputs, redisId: found.addon.id, redisName: found.addon.name } };
  },

  async update(_id, inputs, former, context) {
    const addon = await applySettings(kind, inputs.redis, inputs, former, context);
    return { ...inputs, redisId: addon.id, redisName: addon.name };
  },

  async delete(id, former, context) {
    await resetSettings(kind, id, former, context);
  },
};
