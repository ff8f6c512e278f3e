import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { unwrapProperties } from "./secrets";

/** One resource as the program handed it to the engine. */
export interface Registration {
  /** Type token. */
  type: string;
  /** Logical name. */
  name: string;
  /** URN of the parent, "" for none. */
  parent: string;
  /** False for components. */
  custom: boolean;
  /** Inputs as plain values; those that are undefined are absent. */
  inputs: Record<string, unknown>;
  /** Paths of the inputs that arrived secret, sorted: `apiKey`, `vars.TOKEN`, `images[0]`. */
  secrets: string[];
  /** Reference of an explicit provider instance, `<its URN>::<its id>`, "" for the default one. */
  provider: string;
  /** Id that the resource is looked up or imported by, "" for one that is declared. */
  id: string;
  /** URNs that it waits for: those of `dependsOn` and of the resources whose outputs are among its inputs. */
  dependencies: string[];
  options: RegistrationOptions;
}

/** Resource options as they arrived; those that a program did not give have the engine's defaults. */
export interface RegistrationOptions {
  version: string;
  pluginDownloadURL: string;
  additionalSecretOutputs: string[];
  protect: boolean;
  retainOnDelete: boolean;
  deleteBeforeReplace: boolean;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  /** Type and name that each alias gives, "" where it keeps the resource's own. */
  aliases: { type: string; name: string }[];
  /** Timeouts as given, `20m`; "" where not given. */
  customTimeouts: { create: string; update: string; delete: string };
}

type Request = RegisterResourceRequest | ReadResourceRequest;

/** What a program asks for when it declares a resource. */
export function declared(request: RegisterResourceRequest): Registration {
  const timeouts = request.getCustomtimeouts();
  return {
    ...common(request, request.getObject()?.toJavaScript() ?? {}),
    custom: request.getCustom(),
    id: request.getImportid(),
    options: {
      ...commonOptions(request),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      deleteBeforeReplace: request.getDeletebeforereplace(),
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      aliases: request
        .getAliasesList()
        .map((alias) => ({ type: alias.getSpec()?.getType() ?? "", name: alias.getSpec()?.getName() ?? "" })),
      customTimeouts: {
        create: timeouts?.getCreate() ?? "",
        update: timeouts?.getUpdate() ?? "",
        delete: timeouts?.getDelete() ?? "",
      },
    },
  };
}

/** What a program asks for when it looks a resource up by its id. */
export function lookedUp(request: ReadResourceRequest): Registration {
  return {
    ...common(request, request.getProperties()?.toJavaScript() ?? {}),
    custom: true,
    id: request.getId(),
    options: commonOptions(request),
  };
}

function common(request: Request, properties: Record<string, unknown>) {
  const { values, paths } = unwrapProperties(properties);
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    inputs: values,
    secrets: paths,
    provider: request.getProvider(),
    dependencies: request.getDependenciesList(),
  };
}

function commonOptions(request: Request): RegistrationOptions {
  return {
    version: request.getVersion(),
    pluginDownloadURL: request.getPlugindownloadurl(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    protect: false,
    retainOnDelete: false,
    deleteBeforeReplace: false,
    ignoreChanges: [],
    replaceOnChanges: [],
    aliases: [],
    customTimeouts: { create: "", update: "", delete: "" },
  };
}
