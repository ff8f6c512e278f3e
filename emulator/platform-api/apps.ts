import { DEFAULT_REGION, findRegion } from "../catalog/regions";
import { DEFAULT_STACK, findStack } from "../catalog/stacks";
import { invalidParams } from "../http/errors";
import type { AccountRecord, AppRecord } from "../store/entities";
import type { Addons } from "./addons";
import { birth, type Core } from "./core";
import { randomAppName } from "./names";
import type { Releases } from "./releases";

/** What an app is created from. */
export interface AppRequest {
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  readonly stack?: string | undefined;
  readonly teamId?: string | undefined;
  readonly locked?: boolean | undefined;
  readonly internalRouting?: boolean | undefined;
}

const NAME_RULE =
  "Name must start with a letter, end with a letter or digit and can only contain lowercase letters, digits, and dashes.";

/** Creates, renames and removes apps with everything that is theirs. */
export class Apps {
  constructor(
    private readonly core: Core,
    private readonly releases: Releases,
    private readonly addons: Addons,
  ) {}

  create(account: AccountRecord, request: AppRequest): AppRecord {
    const name = request.name ?? this.freeName();
    this.requireName(name);
    const regionName = requireRegion(request.region ?? DEFAULT_REGION);
    const stackName = requireStack(request.stack ?? DEFAULT_STACK);
    return this.core.store.transaction(() => {
      const app = this.core.store.collection("apps").put({
        ...birth(this.core),
        name,
        ownerId: account.id,
        teamId: request.teamId ?? null,
        regionName,
        stackName,
        buildStackName: stackName,
        maintenance: false,
        acm: false,
        locked: request.locked ?? false,
        internalRouting: request.internalRouting ?? null,
        buildpacks: [],
        releasedAt: null,
        currentReleaseId: null,
      });
      // Every new app has these two releases; terraform relies on there being one.
      for (const description of ["Initial release", "Enable Logplex"]) {
        const current = this.core.store.collection("apps").get(app.id) ?? app;
        this.releases.create(current, { description, user: account, runsReleasePhase: false });
      }
      return this.core.store.collection("apps").get(app.id) ?? app;
    });
  }

  /** Changes fields of an app, its name and next stack checked. */
  change(app: AppRecord, fields: { name?: string; maintenance?: boolean; buildStack?: string }): AppRecord {
    if (fields.name !== undefined && fields.name !== app.name) this.requireName(fields.name);
    const buildStackName = fields.buildStack === undefined ? app.buildStackName : requireStack(fields.buildStack);
    return this.core.store.collection("apps").put({
      ...app,
      name: fields.name ?? app.name,
      maintenance: fields.maintenance ?? app.maintenance,
      buildStackName,
      // Without code there is nothing that runs on the former stack.
      stackName: this.hasCode(app) ? app.stackName : buildStackName,
      updatedAt: this.core.clock.timestamp(),
    });
  }

  /** Removes an app, its add-ons, releases and dynos. */
  async destroy(app: AppRecord, account: AccountRecord): Promise<void> {
    this.core.store.transaction(() => {
      for (const addon of this.core.store.collection("addons").by("app", app.id)) this.addons.destroy(addon, account);
      this.core.store.collection("apps").delete(app.id);
    });
    const { dynos, images, logs } = this.core.machines;
    await Promise.all([dynos.removeApp(app.id), images.removeApp(app.id)]);
    logs.removeApp(app.id);
  }

  private hasCode(app: AppRecord): boolean {
    const { images, slugId } = this.releases.codeOf(this.releases.current(app));
    return slugId !== null || Object.keys(images).length > 0;
  }

  private requireName(name: string): void {
    if (name.length < 3) throw invalidParams("Name is too short (minimum is 3 characters)");
    if (name.length > 30) throw invalidParams("Name is too long (maximum is 30 characters)");
    if (!/^[a-z][a-z0-9-]*[a-z0-9]$/.test(name)) throw invalidParams(NAME_RULE);
    if (this.core.store.collection("apps").find("name", name)) throw invalidParams(`Name ${name} is already taken`);
  }

  private freeName(): string {
    let name = randomAppName(this.core.ids);
    while (this.core.store.collection("apps").find("name", name)) name = randomAppName(this.core.ids);
    return name;
  }
}

function requireRegion(nameOrId: string): string {
  const region = findRegion(nameOrId);
  if (region === undefined) throw invalidParams(`Invalid region, got "${nameOrId}"; us and eu are there.`);
  if (region.privateOnly) throw invalidParams(`The region ${region.name} is for Private Spaces only.`);
  return region.name;
}

function requireStack(nameOrId: string): string {
  const stack = findStack(nameOrId);
  if (stack === undefined) throw invalidParams(`No such stack as ${nameOrId}.`);
  return stack.name;
}
