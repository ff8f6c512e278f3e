import { defaultRuntime, HerokuClient, type HerokuRuntime } from "../../provider/heroku/client";
import type { Plugin } from "../../provider/rpc/plugin";
import { checkConfiguration, officialProvider, providerConfig, settingsFrom } from "./configuration";
import { PlatformApi } from "./platform-api";
import type { Context } from "./resource";
import { resources } from "./resources";

/** Stand-in for the provider `heroku`, for Local Heroku. */
export function heroku(runtime: HerokuRuntime = defaultRuntime): Plugin<Context> {
  return {
    name: "heroku",
    version: "1.0.4",
    description: "Stand-in for the provider heroku: the resource types that this project uses, on Local Heroku.",
    nodePackage: "@pulumiverse/heroku",
    configuration: providerConfig,
    resources,
    advice: `the stand-in for heroku has what this project uses; ${officialProvider}`,
    checkConfiguration,
    configure(configuration, environment) {
      const settings = settingsFrom(configuration, environment);
      const { apiKey, url, headers } = settings;
      const names = { apiKey: "heroku:apiKey", apiUrl: "heroku:url" };
      const server = { apiKey, apiUrl: url, dataUrl: url, registryUrl: url, names };
      return (operation, timeout) => ({
        heroku: new PlatformApi(new HerokuClient(server, runtime, operation), headers),
        settings,
        timeout,
      });
    },
  };
}
