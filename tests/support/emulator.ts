import { Clock } from "../../emulator/clock";
import type { SeedInput } from "../../emulator/control-api/seed";
import { createInstance, type Instance } from "../../emulator/server/instance";
import { Store } from "../../emulator/store/store";
import { countedIds } from "../emulator/counted-ids";
import { MachinesInMemory } from "./machines-in-memory";
import { PlatformSchema } from "./platform-schema";

const schema = PlatformSchema.load();

/** The headers of a request that releases images, or that shows them in its reply. */
export const DOCKER_RELEASES = { Accept: "application/vnd.heroku+json; version=3.docker-releases" };

/** What a request may carry besides its path. */
export interface Call {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `null` sends no key. */
  readonly key?: string | null;
}

/** What came back, its JSON read. */
export interface Reply<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Local Heroku in process, over memory. Every good reply is held against Heroku's own schema where that is at hand. */
export class Emulator {
  private constructor(
    readonly instance: Instance,
    readonly machines: MachinesInMemory,
    readonly store: Store,
    readonly clock: Clock,
  ) {}

  static async open(
    options: { delays?: Record<string, number>; seed?: SeedInput; store?: Store } = {},
  ): Promise<Emulator> {
    const store = options.store ?? Store.open();
    const clock = new Clock();
    let machines: MachinesInMemory | undefined;
    const instance = await createInstance({
      store,
      clock,
      ids: countedIds(),
      instanceId: "tests",
      port: 5075,
      dataFolder: "",
      createMachineSide: async (context) => {
        machines = new MachinesInMemory(context);
        return machines;
      },
      ...options,
    });
    await instance.start();
    if (machines === undefined) throw new Error("the instance made no machine side");
    return new Emulator(instance, machines, store, clock);
  }

  get platform() {
    return this.instance.platform;
  }

  /** Serves a request as a client with the default key would send it. */
  async call<T = Record<string, unknown>>(method: string, path: string, call: Call = {}): Promise<Reply<T>> {
    const key = call.key === undefined ? "local-heroku" : call.key;
    const response = await this.instance.fetch(
      new Request(`${this.instance.url}${path}`, {
        method,
        headers: {
          Accept: "application/vnd.heroku+json; version=3",
          ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
          ...call.headers,
        },
        ...(call.body === undefined
          ? {}
          : { body: typeof call.body === "string" ? call.body : JSON.stringify(call.body) }),
      }),
    );
    const text = await response.text();
    const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
    const body = isJson ? JSON.parse(text) : text;
    // The schema does not know what `Accept-Inclusion` adds.
    const isExtended = call.headers?.["Accept-Inclusion"] !== undefined;
    if (response.ok && isJson && !isExtended) this.holdAgainstSchema(method, path, body);
    return { status: response.status, headers: response.headers, body };
  }

  get = <T = Record<string, unknown>>(path: string, headers?: Record<string, string>) =>
    this.call<T>("GET", path, headers ? { headers } : {});
  post = <T = Record<string, unknown>>(path: string, body?: unknown) => this.call<T>("POST", path, { body });
  put = <T = Record<string, unknown>>(path: string, body?: unknown) => this.call<T>("PUT", path, { body });
  patch = <T = Record<string, unknown>>(path: string, body?: unknown, headers?: Record<string, string>) =>
    this.call<T>("PATCH", path, headers ? { body, headers } : { body });
  delete = <T = Record<string, unknown>>(path: string, body?: unknown) => this.call<T>("DELETE", path, { body });

  /** What was held against the schema so far, in one line. */
  static get coverage(): string {
    return schema?.coverage ?? "";
  }

  /** Resolves once nothing goes on in the background. */
  idle(): Promise<void> {
    return this.platform.idle();
  }

  private holdAgainstSchema(method: string, path: string, body: unknown): void {
    const faults = schema?.check(method, new URL(path, this.instance.url).pathname, body) ?? [];
    if (faults.length > 0) {
      throw new Error(`${method} ${path}: the reply is not what Heroku's schema says\n${faults.join("\n")}`);
    }
  }
}
