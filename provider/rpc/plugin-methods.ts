import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  type CheckRequest,
  type CheckResponse,
  type ConfigureRequest,
  ConfigureResponse,
  type DiffRequest,
  type DiffResponse,
  GetSchemaResponse,
  type InvokeRequest,
  type ProviderHandshakeRequest,
  ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { diffInputs } from "../schema/diff";
import { packageSchema } from "../schema/package-schema";
import { checkResponse, diffResponse } from "./answers";
import { refuseFunction } from "./plugin";
import { decodeProperties } from "./property-bag";
import type { Session } from "./session";

/** The part of the protocol that is about the plugin itself: who it is, its schema, its configuration. */
export function pluginMethods<C>(session: Session<C>) {
  const { plugin } = session;
  const { configuration } = plugin;
  const providerDefinition = { name: "Provider", description: "", inputs: configuration, outputs: {} };
  return {
    handshake(request: ProviderHandshakeRequest): ProviderHandshakeResponse {
      if (request.getEngineAddress()) session.log.attach(request.getEngineAddress());
      // Secrets and resources are not asked for: the engine hands over plain values and marks them again afterwards.
      return new ProviderHandshakeResponse();
    },

    attach(request: PluginAttach): Empty {
      session.log.attach(request.getAddress());
      return new Empty();
    },

    getPluginInfo(): PluginInfo {
      return new PluginInfo().setVersion(plugin.version);
    },

    getSchema(): GetSchemaResponse {
      const definitions = plugin.resources.map(({ definition }) => definition);
      return new GetSchemaResponse().setSchema(JSON.stringify(packageSchema(plugin, configuration, definitions)));
    },

    checkConfig(request: CheckRequest): CheckResponse {
      return checkResponse(session.checkConfiguration(decodeProperties(request.getNews())), configuration);
    },

    /** No setting replaces the provider: that would replace every resource with it. */
    diffConfig(request: DiffRequest): DiffResponse {
      const [before, after] = [decodeProperties(request.getOldInputs()), decodeProperties(request.getNews())];
      const changes = diffInputs(providerDefinition, {}, before, after);
      return diffResponse({ changes, deleteBeforeReplace: false }, providerDefinition);
    },

    configure(request: ConfigureRequest): ConfigureResponse {
      session.configure(decodeProperties(request.getArgs()));
      return new ConfigureResponse().setSupportspreview(true);
    },

    invoke(request: InvokeRequest): never {
      return refuseFunction(plugin, request.getTok());
    },

    cancel(): Empty {
      session.cancel();
      return new Empty();
    },
  };
}
