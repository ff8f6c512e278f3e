import { setTimeout as delay } from "node:timers/promises";
import { type Visitor, visitor } from "../http/visitor";
import { HerokuError, HerokuUnreachableError } from "./errors";
import { defaultRetries, type Outcome, pauseBeforeRetry, type RetryPolicy } from "./retry";

/** Where Heroku is, and the key that opens it. */
export interface HerokuSettings {
  apiKey: string;
  /** Platform API. */
  apiUrl: string;
  /** Data API: backups and the settings of data services. */
  dataUrl: string;
  /** Container registry. */
  registryUrl: string;
  /** What the user's configuration calls the settings that errors name. @default heroku-native's names */
  names?: SettingNames;
}

/** Names of settings in the user's configuration. */
export interface SettingNames {
  apiKey: string;
  apiUrl: string;
}

/** What the client needs of the world around it; tests bring their own. */
export interface HerokuRuntime {
  fetch: typeof fetch;
  /** Asks the apps themselves. */
  visitor: Visitor;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  now(): number;
  random(): number;
  retries: RetryPolicy;
}

export const defaultRuntime: HerokuRuntime = {
  fetch: (input, init) => fetch(input, init),
  visitor,
  sleep: async (milliseconds, signal) => {
    try {
      await delay(milliseconds, undefined, { signal });
    } catch (error) {
      // The reason of the cancellation says more than "The operation was aborted".
      signal.throwIfAborted();
      throw error;
    }
  },
  now: () => Date.now(),
  random: () => Math.random(),
  retries: defaultRetries,
};

/** The operation that requests are made for: it can be cancelled, and it can tell the user what it waits for. */
export interface Operation {
  signal: AbortSignal;
  progress(message: string): void;
  /** Tells the user something that is to stay on the screen. */
  tell(message: string, severity: "info" | "warning"): Promise<void>;
}

export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of `body`. A stream can be sent once, so such a request must not be repeatable. */
  content?: string | ReadableStream<Uint8Array>;
  headers?: Record<string, string>;
  /** Whether sending the request twice does no more than sending it once. @default true for all methods but POST */
  repeatable?: boolean;
  /** Milliseconds that one try may take, its body included. @default 60000 */
  tryTimeout?: number;
}

type Service = "api" | "data" | "registry";

const urlSettings = { api: "apiUrl", data: "dataUrl", registry: "registryUrl" } as const;
const defaultTryTimeout = 60_000;

/** Talks to Heroku for one operation: authenticates, retries where that is safe, and turns failures into errors. */
export class HerokuClient {
  constructor(
    readonly settings: HerokuSettings,
    readonly runtime: HerokuRuntime,
    readonly operation: Operation,
  ) {}

  /** Sends a request and returns its JSON answer. `T` is what Heroku documents; it is not checked. */
  async json<T>(service: Service, method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const accept = service === "api" ? "application/vnd.heroku+json; version=3" : "application/json";
    const headers = { accept, authorization: `Bearer ${this.settings.apiKey}`, ...options.headers };
    const response = await this.send(service, method, path, { ...options, headers });
    return (await response.json()) as T;
  }

  /**
   * Sends a request until it is answered with success.
   * @throws HerokuError, HerokuUnreachableError, or the reason the operation was cancelled with
   */
  async send(service: Service, method: string, path: string, options: RequestOptions): Promise<Response> {
    const { operation, runtime, settings } = this;
    const repeatable = options.repeatable ?? method !== "POST";
    const origin = settings[urlSettings[service]].replace(/\/+$/, "");
    const shownPath = path.split("?", 1)[0] ?? path;
    const failures = { throttled: 0, fault: 0 };
    for (;;) {
      const answer = await this.try(origin + path, method, options);
      if (answer instanceof Response && answer.ok) return answer;
      const outcome: Outcome = answer instanceof Response ? answer : {};
      const kind = outcome.status === 429 ? "throttled" : "fault";
      const pause = pauseBeforeRetry(outcome, ++failures[kind], repeatable, runtime.retries, runtime.random);
      if (pause === undefined) {
        if (answer instanceof Response) throw await errorFrom(method, shownPath, answer, settings.names?.apiKey);
        const setting = (service === "api" && settings.names?.apiUrl) || `heroku-native:${urlSettings[service]}`;
        throw new HerokuUnreachableError(method, shownPath, origin, setting, answer.fault);
      }
      if (answer instanceof Response) await answer.body?.cancel();
      const reason = kind === "throttled" ? "Heroku's request limit is used up" : "Heroku did not answer";
      operation.progress(`${reason}; trying again in ${Math.ceil(pause / 1_000)} s`);
      await runtime.sleep(pause, operation.signal);
    }
  }

  private async try(url: string, method: string, options: RequestOptions): Promise<Response | { fault: unknown }> {
    const { signal } = this.operation;
    signal.throwIfAborted();
    const headers: Record<string, string> = { ...options.headers };
    if (options.body !== undefined) headers["content-type"] = "application/json";
    try {
      return await this.runtime.fetch(url, {
        method,
        headers,
        body: options.body === undefined ? options.content : JSON.stringify(options.body),
        // A streamed body is sent before the answer is read, and has to be declared so.
        ...(typeof options.content === "object" ? { duplex: "half" } : {}),
        signal: AbortSignal.any([signal, AbortSignal.timeout(options.tryTimeout ?? defaultTryTimeout)]),
      });
    } catch (fault) {
      signal.throwIfAborted();
      return { fault };
    }
  }
}

/** Reads Heroku's `{id, message}` or a registry's `{errors: [{code, message}]}`. */
async function errorFrom(method: string, path: string, response: Response, keySetting?: string): Promise<HerokuError> {
  const body = parse(await response.text());
  const fault = Array.isArray(body.errors) ? record(body.errors[0]) : body;
  const id = text(fault.id) ?? text(fault.code) ?? "http_error";
  const reason = text(fault.message) ?? (response.statusText || "no reason given");
  return new HerokuError(method, path, response.status, id, reason, keySetting);
}

function parse(body: string): Record<string, unknown> {
  try {
    return record(JSON.parse(body));
  } catch {
    return {};
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
