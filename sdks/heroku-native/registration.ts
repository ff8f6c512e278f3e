import type * as pulumi from "@pulumi/pulumi";

/** Options that make a constructor look an existing resource up instead of declaring one. */
export type LookUpOptions = pulumi.CustomResourceOptions & { id: pulumi.Input<pulumi.ID> };

/**
 * What a class tells the engine: its arguments and the names of its outputs, which have to be named to be there
 * before the engine has answered. What is missing or wrong is found by the plugin, all at once.
 */
export function registration(args: object | undefined, outputs: readonly string[]): pulumi.Inputs {
  return { ...Object.fromEntries(outputs.map((name) => [name, undefined])), ...args };
}

/** Whether an object is a resource of a type, also when another copy of this package made it. */
export function hasType(object: unknown, type: string): boolean {
  return typeof object === "object" && object !== null && "__pulumiType" in object && object.__pulumiType === type;
}
