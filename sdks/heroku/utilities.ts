import * as pulumi from "@pulumi/pulumi";

/** Release of the provider plugin that these classes are written for. */
export const version = "1.0.4";

/** Where the Pulumi CLI gets the plugin: it is published by the Pulumiverse, not by Pulumi itself. */
export const pluginDownloadURL = "github://api.github.com/pulumiverse";

type RequiredKeys<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? never : K }[keyof T];

/** Who sets a property: the program, which must or may, or Heroku alone. The compiler checks it. */
type Origin<Args, Key> = Key extends keyof Args
  ? Key extends RequiredKeys<Args>
    ? "required"
    : "optional"
  : "computed";

/** What is common to all resources of the provider, told as data. */
export interface Shape<Args, State> {
  /** Pulumi type token, `heroku:<module>/<file>:<Class>`. */
  readonly token: string;
  readonly properties: { readonly [Key in keyof State]-?: Origin<Args, Key> };
  /** Properties that are secret from the program to the state, marked by the provider's schema or not. */
  readonly secrets?: readonly (keyof State & string)[];
}

/** Options that make a constructor read an existing resource instead of declaring one. */
export type LookUpOptions = pulumi.CustomResourceOptions & { id: pulumi.Input<pulumi.ID> };

/**
 * The arguments of `pulumi.CustomResource`'s constructor: with `opts.id` an existing resource is read and every
 * property of its state counts; without, a new one is declared and properties that Heroku computes are outputs.
 *
 * @throws Error when a required property is undefined.
 */
export function registration<Args extends object, State extends object>(
  shape: Shape<Args, State>,
  name: string,
  argsOrState: Args | State | undefined,
  opts: pulumi.CustomResourceOptions = {},
): [string, string, pulumi.Inputs, pulumi.CustomResourceOptions] {
  const given = new Map<string, pulumi.Input<unknown>>(Object.entries(argsOrState ?? {}));
  const secrets = new Set<string>(shape.secrets);
  const inputs: pulumi.Inputs = {};
  for (const [property, origin] of Object.entries(shape.properties)) {
    const value = opts.id === undefined && origin === "computed" ? undefined : given.get(property);
    if (value === undefined && origin === "required" && opts.id === undefined && opts.urn === undefined) {
      throw new Error(`${shape.token} '${name}' needs the property '${property}', got undefined; give it a value`);
    }
    inputs[property] = secrets.has(property) ? secret(value) : value;
  }
  return [shape.token, name, inputs, pulumi.mergeOptions(defaults(shape.secrets), opts)];
}

/** Options of every resource and provider instance; a program's own options win over them. */
export function defaults(additionalSecretOutputs: readonly string[] = []): pulumi.CustomResourceOptions {
  return { version, pluginDownloadURL, additionalSecretOutputs: [...additionalSecretOutputs] };
}

/** Marks a value as secret; what is not given stays so, since a secret `undefined` would be sent as a value. */
export function secret<T>(value: pulumi.Input<T> | undefined): pulumi.Output<pulumi.Unwrap<T>> | undefined {
  return value === undefined ? undefined : pulumi.secret(value);
}

/** Whether an object is a resource of that type token, also one made by another copy of this package. */
export function hasToken(obj: unknown, token: string): boolean {
  return typeof obj === "object" && obj !== null && "__pulumiType" in obj && obj.__pulumiType === token;
}
