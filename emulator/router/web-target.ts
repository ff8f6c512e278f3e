import type { WebDynoSource } from "../machines";
import type { AppRecord } from "../store/entities";
import { currentRelease } from "../store/queries";
import type { Store } from "../store/store";
import { RouterError } from "./router-errors";

/** Where a request is sent. */
export interface Target {
  dyno: string;
  host: string;
  port: number;
}

/** How many dynos are tried for one request. */
const MOST_TRIES = 10;

/** Picks the dyno for each request, one after another. */
export class WebTargets {
  private readonly turns = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly dynos: WebDynoSource,
    private readonly bootSeconds: number,
  ) {}

  /**
   * Sends a request to the next web dyno of the app. If it accepts no connection, tries another one:
   * https://devcenter.heroku.com/articles/http-routing#dyno-connection-behavior
   */
  async reach(app: AppRecord, send: (target: Target) => Promise<void>): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const target = await this.next(app, tried);
      try {
        await send(target);
        return;
      } catch (error) {
        tried.add(addressOf(target));
        const isUnreached = error instanceof RouterError && (error.code === "H19" || error.code === "H21");
        const others = this.dynos.web(app.id).serving.filter(({ endpoint }) => !tried.has(addressOf(endpoint)));
        if (!isUnreached || others.length === 0 || tried.size === MOST_TRIES) throw error;
      }
    }
  }

  /** The next web dyno of the app, or the next one to start. Rejects with a {@link RouterError} if there is none. */
  private async next(app: AppRecord, tried: ReadonlySet<string>): Promise<Target> {
    if (app.maintenance) throw new RouterError("H80");
    const ready = this.pick(app.id, tried);
    if (ready) return ready;
    const release = currentRelease(this.store, app);
    if (!release || Object.keys(release.images).length === 0) throw new RouterError("H81");
    const web = this.store
      .collection("formations")
      .by("app", app.id)
      .find(({ type }) => type === "web");
    if (!web || web.quantity === 0 || !release.images.web) throw new RouterError("H14");
    return this.waitForDyno(app.id);
  }

  private pick(appId: string, tried: ReadonlySet<string> = new Set()): Target | undefined {
    const serving = this.dynos.web(appId).serving.filter(({ endpoint }) => !tried.has(addressOf(endpoint)));
    if (serving.length === 0) return undefined;
    const turn = (this.turns.get(appId) ?? 0) % serving.length;
    this.turns.set(appId, turn + 1);
    const dyno = serving[turn];
    return dyno && { dyno: dyno.name, ...dyno.endpoint };
  }

  private waitForDyno(appId: string): Promise<Target> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        unwatch();
      };
      const fail = (error: RouterError) => {
        settle();
        reject(error);
      };
      const check = () => {
        const target = this.pick(appId);
        const { starting, crashed } = this.dynos.web(appId);
        if (target) {
          settle();
          resolve(target);
        } else if (starting === 0) fail(new RouterError(crashed > 0 ? "H10" : "H14"));
      };
      const unwatch = this.dynos.watch(appId, check);
      const timer = setTimeout(() => fail(new RouterError("H20")), this.bootSeconds * 1_000);
      check();
    });
  }
}

function addressOf({ host, port }: { host: string; port: number }): string {
  return `${host}:${port}`;
}
