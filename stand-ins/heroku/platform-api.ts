import type { HerokuClient, RequestOptions } from "../../provider/heroku/client";
import { isGone } from "../../provider/heroku/errors";
import { waitUntil } from "../../provider/heroku/wait";

/** Local Heroku has no request limit worth sparing. */
const pauses = { first: 100, longest: 500 };

/** Heroku's Platform API. */
export class PlatformApi {
  constructor(
    private readonly client: HerokuClient,
    /** Headers that the user's configuration adds to every request. */
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  get<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
    return this.send<T>("GET", path, { headers });
  }

  /** Undefined when there is none. */
  async find<T>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  post<T>(path: string, body: object, options: RequestOptions = {}): Promise<T> {
    return this.send<T>("POST", path, { ...options, body });
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.send<T>("PUT", path, { body });
  }

  patch<T>(path: string, body: object): Promise<T> {
    return this.send<T>("PATCH", path, { body });
  }

  delete(path: string): Promise<unknown> {
    return this.send("DELETE", path, {});
  }

  /** Looks until there is something, at most `timeout` milliseconds. */
  waitFor<T>(what: string, timeout: number, look: () => Promise<T | undefined>, longer?: string): Promise<T> {
    return waitUntil(this.client, { what, timeout, look, pauses, ...(longer === undefined ? {} : { longer }) });
  }

  async pause(seconds: number): Promise<void> {
    const { operation, runtime } = this.client;
    if (seconds > 0) await runtime.sleep(seconds * 1_000, operation.signal);
  }

  private send<T>(method: string, path: string, options: RequestOptions): Promise<T> {
    return this.client.json<T>("api", method, path, { ...options, headers: { ...this.headers, ...options.headers } });
  }
}

/** `/apps/<id or name>` */
export function appPath(app: string): string {
  return `/apps/${encodeURIComponent(app)}`;
}
