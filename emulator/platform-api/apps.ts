import { DEFAULT_REGION, findRegion } from "../catalog/regions";
import { DEFAULT_STACK, findStack } from "../catalog/stacks";
import { invalidParams } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord, AppRecord } from "../store/entities";
import type { Addons } from "./addons";
import type { Core } from "./core";
import { randomAppName } from "./names";
import type { Releases } from "./releases";

/** What an app is created from. */
interface AppRequest {
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  readonly stack?: string | undefined;
  readonly teamId?: string | undefined;
  readonly locked?: boolean | undefined;
  readonly internalRouting?: boolean | undefined;
}

/** Changes to an app. */
interface AppChanges {
  readonly name?: string | undefined;
  readonly maintenance?: boolean | undefined;
  readonly buildStack?: string | undefined;
  readonly acm?: boolean | undefined;
  readonly buildpacks?: readonly string[] | undefined;
  readonly locked?: boolean | undefined;
  /** A team by name or id, or a person by e-mail address or id. */
  readonly owner?: string | undefined;
}

const NAME_RULE =
  "Name must start with a letter, end with a letter or digit and can only contain lowercase letters, digits, and dashes.";

/** Creates, changes and removes apps. */
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
      const app = this.apps.put({
        ...newRecord(this.core),
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
      // Every new app has these two releases; Terraform relies on there being one.
      for (const description of ["Initial release", "Enable Logplex"]) {
        const current = this.apps.get(app.id) ?? app;
        this.releases.create(current, { description, user: account, runsReleasePhase: false });
      }
      return this.apps.get(app.id) ?? app;
    });
  }

  change(app: AppRecord, changes: AppChanges): AppRecord {
    if (changes.name !== undefined && changes.name !== app.name) this.requireName(changes.name);
    const buildStackName = changes.buildStack === undefined ? app.buildStackName : requireStack(changes.buildStack);
    return this.apps.put({
      ...app,
      ...(changes.owner === undefined ? {} : this.newOwner(app, changes.owner)),
      name: changes.name ?? app.name,
      maintenance: changes.maintenance ?? app.maintenance,
      acm: changes.acm ?? app.acm,
      buildpacks: changes.buildpacks ?? app.buildpacks,
      locked: changes.locked ?? app.locked,
      buildStackName,
      // Without code, nothing runs on the previous stack.
      stackName: this.hasCode(app) ? app.stackName : buildStackName,
      updatedAt: this.core.clock.timestamp(),
    });
  }

  /** Removes an app with its add-ons, releases and dynos. */
  async remove(app: AppRecord, account: AccountRecord): Promise<void> {
    this.core.store.transaction(() => {
      for (const addon of this.core.store.collection("addons").by("app", app.id)) this.addons.remove(addon, account);
      this.apps.delete(app.id);
    });
    const { dynos, images, logs } = this.core.machines;
    await Promise.all([dynos.removeApp(app.id), images.removeApp(app.id)]);
    logs.removeApp(app.id);
  }

  private newOwner(app: AppRecord, owner: string): Pick<AppRecord, "ownerId" | "teamId"> {
    const teams = this.core.store.collection("teams");
    const team = teams.get(owner) ?? teams.find("name", owner.replace(/@herokumanager\.com$/, ""));
    if (team) return { ownerId: app.ownerId, teamId: team.id };
    const account = this.core.lookup.account(owner);
    if (account === undefined) throw invalidParams(`Couldn't find the new owner ${owner}.`);
    return { ownerId: account.id, teamId: null };
  }

  private hasCode(app: AppRecord): boolean {
    const { images, slugId } = this.releases.codeOf(this.releases.current(app));
    return slugId !== null || Object.keys(images).length > 0;
  }

  private requireName(name: string): void {
    if (name.length < 3) throw invalidParams("Name is too short (minimum is 3 characters)");
    if (name.length > 30) throw invalidParams("Name is too long (maximum is 30 characters)");
    if (!/^[a-z][a-z0-9-]*[a-z0-9]$/.test(name)) throw invalidParams(NAME_RULE);
    if (this.apps.find("name", name)) throw invalidParams(`Name ${name} is already taken`);
  }

  private freeName(): string {
    let name = randomAppName(this.core.ids);
    while (this.apps.find("name", name)) name = randomAppName(this.core.ids);
    return name;
  }

  private get apps() {
    return this.core.store.collection("apps");
  }
}

function requireRegion(nameOrId: string): string {
  const region = findRegion(nameOrId);
  if (region === undefined) throw invalidParams(`Invalid region, got "${nameOrId}"; choose us or eu.`);
  if (region.privateOnly) throw invalidParams(`The region ${region.name} is for Private Spaces only.`);
  return region.name;
}

function requireStack(nameOrId: string): string {
  const stack = findStack(nameOrId);
  if (stack === undefined) throw invalidParams(`No such stack as ${nameOrId}.`);
  return stack.name;
}
