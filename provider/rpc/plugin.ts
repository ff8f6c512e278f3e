import type { Operation } from "../heroku/client";
import type { Resource } from "../resources/resource";
import type { CheckResult } from "../schema/check";
import type { Properties, ResourceDefinition } from "../schema/definition";
import { tokenOf } from "../schema/definition";
import type { PackageNames } from "../schema/package-schema";
import type { PropertyValues } from "../schema/property";

/** The environment variables of the plugin's process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Makes what one operation works with. `timeout` is in milliseconds, undefined when the program gives none. */
export type Connect<C> = (operation: Operation, timeout: number | undefined) => C;

/** A provider plugin: what it is called, how it is configured and its resource types, whose operations work with a `C`. */
export interface Plugin<C> extends PackageNames {
  readonly configuration: Properties;
  readonly resources: readonly Resource<ResourceDefinition, C>[];
  /** Types of earlier versions that stood for nothing outside the state: what is left of them can only be deleted. */
  readonly retired?: readonly string[];
  /** Where to get the types and functions that it does not have. */
  readonly advice?: string;
  /** Checks the configuration of a provider instance. What comes from the environment stays out of the inputs returned. */
  checkConfiguration(given: PropertyValues, environment: Environment): CheckResult;
  /** Takes a configuration that has been checked. */
  configure(configuration: PropertyValues, environment: Environment): Connect<C>;
}

/** The resource with a type token. */
export function resourceOf<C>({ name, resources, advice }: Plugin<C>, token: string): Resource<ResourceDefinition, C> {
  const tokens = resources.map(({ definition }) => tokenOf(name, definition));
  const resource = resources[tokens.indexOf(token)];
  if (resource) return resource;
  throw new Error(`unknown resource type, got ${token}; ${advice ?? `the provider ${name} has ${tokens.join(", ")}`}`);
}

/** Refuses a function: plugins here have none. */
export function refuseFunction<C>({ name, advice }: Plugin<C>, token: string): never {
  throw new Error(`unknown function, got ${token}; ${advice ?? `the provider ${name} has no functions`}`);
}
