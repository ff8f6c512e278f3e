import { checkConfiguration, settingsFrom } from "./configuration";
import { type ProviderConfig, providerConfig } from "./configuration-definition";
import { defaultRuntime, HerokuClient, type HerokuRuntime } from "./heroku/client";
import { resources } from "./resources";
import type { Context } from "./resources/resource";
import type { Plugin } from "./rpc/plugin";
import { version } from "./version";

/** The plugin heroku-native. */
export function herokuNative(runtime: HerokuRuntime = defaultRuntime): Plugin<Context> {
  return {
    name: "heroku-native",
    version,
    description: "What Pulumi's Heroku provider lacks: container releases, backup schedules, data service settings.",
    nodePackage: "@skechwime/heroku-native",
    configuration: providerConfig,
    resources,
    // The preflight was once a resource of each image.
    retired: ["heroku-native:index:ImagePreflight"],
    checkConfiguration,
    configure(configuration, environment) {
      const { inputs } = checkConfiguration(configuration, environment);
      const settings = settingsFrom(inputs as ProviderConfig, environment);
      return (operation, timeout) => ({ client: new HerokuClient(settings, runtime, operation), timeout });
    },
  };
}
