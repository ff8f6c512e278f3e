import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime";

/** A value without its secret wrappers, and the paths that were wrapped: `apiKey`, `vars.TOKEN`, `images[0]`. */
export interface Unwrapped {
  value: unknown;
  paths: string[];
}

/** A value as the engine's protocol carries a secret. */
export function markSecret(value: unknown): Record<string, unknown> {
  return { [specialSigKey]: specialSecretSig, value };
}

export function isSecretMark(value: unknown): value is { value: unknown } {
  return isRecord(value) && value[specialSigKey] === specialSecretSig;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Takes secret wrappers off at any depth. */
export function unwrapSecrets(value: unknown, path = ""): Unwrapped {
  if (isSecretMark(value)) {
    const inner = unwrapSecrets(value.value, path);
    return { value: inner.value, paths: [path, ...inner.paths] };
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => unwrapSecrets(item, `${path}[${index}]`));
    return { value: items.map((item) => item.value), paths: items.flatMap((item) => item.paths) };
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, unwrapSecrets(item, path === "" ? key : `${path}.${key}`)] as const,
    );
    return {
      value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
      paths: entries.flatMap(([, item]) => item.paths),
    };
  }
  return { value, paths: [] };
}

/** {@link unwrapSecrets} of a resource's properties. */
export function unwrapProperties(properties: Record<string, unknown>): {
  values: Record<string, unknown>;
  paths: string[];
} {
  const { value, paths } = unwrapSecrets(properties);
  return { values: isRecord(value) ? value : {}, paths: paths.sort() };
}
