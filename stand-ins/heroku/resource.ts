import { isGone } from "../../provider/heroku/errors";
import type { Resource } from "../../provider/resources/resource";
import type { ResourceDefinition } from "../../provider/schema/definition";
import { bridged } from "../bridge/resource";
import type { BridgedType } from "../bridge/type";
import type { Settings } from "./configuration";
import type { PlatformApi } from "./platform-api";

/** What an operation works with. */
export interface Context {
  heroku: PlatformApi;
  settings: Settings;
  /** Milliseconds that the program's customTimeouts allow. */
  timeout: number | undefined;
}

/** A resource type of the provider `heroku`. What was removed by hand, or with its app, is missing. */
export function herokuResource<D extends ResourceDefinition>(type: BridgedType<D, Context>): Resource<D, Context> {
  const { update } = type;
  return bridged({
    ...type,
    read: (id, former, context) => unlessGone(type.read(id, former, context)),
    import: (id, context) => unlessGone(type.import(id, context)),
    ...(update === undefined
      ? {}
      : { update: (id, inputs, former, context) => unlessMissing(update(id, inputs, former, context)) }),
    delete: async (id, former, context) => {
      await unlessGone(type.delete(id, former, context));
    },
  });
}

async function unlessGone<T>(reply: Promise<T>): Promise<T | undefined> {
  try {
    return await reply;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function unlessMissing<T>(reply: Promise<T>): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    if (!isGone(error) || !(error instanceof Error)) throw error;
    throw new Error(`${error.message}; if it was removed by hand, run \`pulumi refresh\`, then \`pulumi up\``);
  }
}

/** The parts of an import id such as `<app>:<id>`. */
export function importParts(id: string, form: string): [string, string] {
  const colon = id.indexOf(":");
  if (colon > 0) return [id.slice(0, colon), id.slice(colon + 1)];
  throw new Error(`import id must be ${form}, got "${id}"`);
}

/** Says what is wrong with a value that must be a UUID. */
export function uuidFault(name: string): (value: string) => string | undefined {
  return (value) =>
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)
      ? undefined
      : `${name} must be an id (a UUID), got "${value}"`;
}

/** What the state keeps of an optional input: nothing when there never was a value, an empty text after one. */
export function kept(value: string | undefined, former: string | null | undefined): string | null {
  return value ?? (former === null || former === undefined ? null : "");
}
