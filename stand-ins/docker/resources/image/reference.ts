/** Name of an image, taken apart. */
export interface ImageReference {
  /** Host and port of the registry, undefined when the name has none. */
  registry: string | undefined;
  /** Name in the registry. */
  repository: string;
  tag: string;
}

const word = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const withinRegistry = new RegExp(`^(${word}(?:/${word})*)(?::(\\w[\\w.-]{0,127}))?$`);

export function parseReference(name: string): ImageReference | undefined {
  // A first part that could be a host is one.
  const [, registry] = /^(localhost|[^/]*[.:][^/]*)\//.exec(name) ?? [];
  const rest = registry === undefined ? name : name.slice(registry.length + 1);
  const [, repository, tag = "latest"] = withinRegistry.exec(rest) ?? [];
  return repository === undefined ? undefined : { registry, repository, tag };
}

/** Whether a registry's address, with or without scheme and port, is one of this machine. */
export function isLoopback(address: string): boolean {
  const host = address
    .replace(/^\w+:\/\//, "")
    .replace(/\/.*$/, "")
    .replace(/:\d+$/, "");
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}
