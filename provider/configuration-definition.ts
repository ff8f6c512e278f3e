import { serverUrl } from "../validation/rules";
import type { Properties, ValuesOf } from "./schema/definition";
import { ruleFault } from "./schema/faults";

/** Configuration of the plugin: of the default provider `heroku-native:<key>`, of an explicit one its arguments. */
export const providerConfig = {
  apiKey: {
    type: "string",
    description: "Heroku API key (an OAuth token). Taken from HEROKU_API_KEY when not given.",
    optional: true,
    secret: true,
    fault: (value) =>
      value.trim() === "" ? "apiKey must not be blank, got none; take one from `heroku auth:token`" : undefined,
  },
  apiUrl: {
    type: "string",
    description:
      "Server of Heroku's Platform API. Taken from HEROKU_API_URL, else https://api.heroku.com, when not given.",
    optional: true,
    fault: ruleFault("apiUrl", serverUrl),
  },
  dataUrl: {
    type: "string",
    description:
      "Server of Heroku's Data API. Taken from HEROKU_DATA_URL, else https://api.data.heroku.com, when not given.",
    optional: true,
    fault: ruleFault("dataUrl", serverUrl),
  },
  registryUrl: {
    type: "string",
    description:
      "Heroku's container registry. Taken from HEROKU_REGISTRY_URL, else https://registry.heroku.com, when not given.",
    optional: true,
    fault: ruleFault("registryUrl", serverUrl),
  },
} as const satisfies Properties;

export type ProviderConfig = ValuesOf<typeof providerConfig>;
