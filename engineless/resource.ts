import type { Memory } from "./memory";

/** A registration that is to become real. Secrets are unwrapped: nothing of it may be printed. */
export interface Registration {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** What became of it: the id and the outputs beside the inputs. */
export interface Made {
  id: string;
  state: Record<string, unknown>;
}

/** What the makers share. */
export interface Surroundings {
  memory: Memory;
  api: HerokuApi;
  settings: Connection;
  /** Tells the user of a slow step. */
  progress(message: string): void;
}

/** Where Local Heroku is. */
export interface Connection {
  apiKey: string;
  apiUrl: string;
  dataUrl: string;
  registryUrl: string;
}

/** Makes a resource, or finds the one that an earlier run made. */
export type Maker = (registration: Registration, surroundings: Surroundings) => Promise<Made>;

/** JSON requests to the Platform API. */
export type HerokuApi = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** A client that fails with Heroku's own words. */
export function herokuApi({ apiUrl, apiKey }: Connection): HerokuApi {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        accept: "application/vnd.heroku+json; version=3",
        authorization: `Bearer ${apiKey}`,
        "content-type": "application/json",
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json();
    if (response.ok) return answer as T;
    throw new Error(`${method} ${path}: ${response.status} ${answer.id}: ${answer.message}`);
  };
}

/** An input that has to be text. */
export function text(inputs: Record<string, unknown>, key: string): string {
  const value = inputs[key];
  if (typeof value !== "string") throw new Error(`input ${key} must be text, got ${typeof value}`);
  return value;
}

/** How Pulumi's protocol marks a secret. */
const SECRET = "4dabf18193072939515e22adb298388d";

/** Plain values, for the makers alone: nothing of them may be printed. */
export function unwrapSecrets(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, unwrap(value)]));
}

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value !== "object" || value === null) return value;
  const entries: Record<string, unknown> = { ...value };
  return SECRET in entries ? unwrap(entries.value) : unwrapSecrets(entries);
}
