import { defaultRuntime, HerokuClient } from "../../provider/heroku/client";
import { herokuNative } from "../../provider/heroku-native";
import { resourceOf } from "../../provider/rpc/plugin";
import { checkInputs } from "../../provider/schema/check";
import type { InputsOf, ResourceDefinition } from "../../provider/schema/definition";
import type { Maker } from "../resource";

/** The plugin's own resources, called in process: their creation is written to be repeated. */
export const makeNative: Maker = async ({ type, inputs }, { settings, progress }) => {
  const resource = resourceOf(herokuNative(), type);
  const checked = checkInputs(resource.definition.inputs, JSON.parse(JSON.stringify(inputs)));
  if (checked.failures.length > 0) throw new Error(checked.failures.map(({ reason }) => reason).join("; "));
  const operation = {
    signal: new AbortController().signal,
    progress,
    tell: async (message: string) => progress(message),
  };
  const client = new HerokuClient(settings, defaultRuntime, operation);
  const { id, state } = await resource.create(checked.inputs as InputsOf<ResourceDefinition>, {
    client,
    timeout: undefined,
  });
  return { id, state: { ...state } };
};
