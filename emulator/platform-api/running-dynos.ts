import { findDynoSize } from "../catalog/dyno-sizes";
import { invalidParams, notFound } from "../http/errors";
import type { DynoRecord, DynoSelection } from "../machines";
import type { AppRecord } from "../store/entities";
import type { Core } from "./core";
import type { Releases } from "./releases";

/** What a one-off dyno is started with. */
interface OneOffRequest {
  readonly command: string;
  readonly env?: Record<string, string> | undefined;
  readonly size?: string | undefined;
  readonly type?: string | undefined;
  readonly timeToLive?: number | undefined;
}

/** The running dynos of apps. */
export class RunningDynos {
  constructor(
    private readonly core: Core,
    private readonly releases: Releases,
  ) {}

  of(app: AppRecord): DynoRecord[] {
    return this.core.machines.dynos.list(app.id);
  }

  find(app: AppRecord, idOrName: string): DynoRecord {
    const dyno = this.of(app).find(({ id, name }) => id === idOrName || name === idOrName);
    if (dyno === undefined) throw notFound("dyno");
    return dyno;
  }

  async create(app: AppRecord, request: OneOffRequest): Promise<DynoRecord> {
    if (Object.keys(this.releases.codeOf(this.releases.current(app)).images).length === 0) {
      throw invalidParams("Cannot run a one-off dyno: the app has no image yet.");
    }
    const { command, env = {}, size, type, timeToLive } = request;
    return this.core.machines.dynos.runOneOff(app.id, {
      command,
      env,
      ...(size ? { size: requireSize(size) } : {}),
      ...(type ? { type } : {}),
      ...(timeToLive ? { timeToLive } : {}),
    });
  }

  async restart(app: AppRecord, only?: DynoSelection): Promise<void> {
    await this.core.machines.dynos.restart(app.id, only);
  }

  async stop(app: AppRecord, only: DynoSelection): Promise<void> {
    await this.core.machines.dynos.stop(app.id, only);
  }

  /** The dynos of a process type. */
  ofType(app: AppRecord, type: string): DynoSelection {
    if (this.hasType(app, type)) return { type };
    throw notFound("process type", `Couldn't find that process type (${type}).`);
  }

  /** One dyno, or the dynos of a process type: older clients use the routes of single dynos for both. */
  named(app: AppRecord, idOrNameOrType: string): DynoSelection {
    return this.hasType(app, idOrNameOrType) ? { type: idOrNameOrType } : { name: this.find(app, idOrNameOrType).name };
  }

  private hasType(app: AppRecord, type: string): boolean {
    return type in this.releases.processTypes(this.releases.current(app));
  }
}

function requireSize(name: string): string {
  const size = findDynoSize(name);
  if (size === undefined) throw invalidParams(`No such dyno size, got "${name}".`);
  return size.name;
}
