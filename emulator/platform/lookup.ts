import type { AccountRecord, AddonRecord, AppRecord, TeamRecord } from "../store/entities";
import type { Store } from "../store/store";
import type { Addons } from "./addons";
import { notFound } from "./errors";

/** Finds things by id or name for an account; what it may not see does not exist for it. */
export class Lookup {
  constructor(
    private readonly store: Store,
    private readonly addons: Addons,
  ) {}

  app(account: AccountRecord, idOrName: string): AppRecord {
    const apps = this.store.collection("apps");
    const app = apps.get(idOrName) ?? apps.find("name", idOrName);
    if (app === undefined || !this.mayUse(account, app)) throw notFound("app");
    return app;
  }

  apps(account: AccountRecord): AppRecord[] {
    return this.store
      .collection("apps")
      .all()
      .filter((app) => this.mayUse(account, app));
  }

  addon(account: AccountRecord, idOrName: string, app?: AppRecord): AddonRecord {
    const addon = this.addons.find(idOrName);
    if (addon === undefined || (app !== undefined && addon.appId !== app.id && !this.isAttached(addon, app))) {
      throw notFound("add-on");
    }
    const owner = this.store.collection("apps").get(addon.appId);
    if (owner === undefined || !this.mayUse(account, owner)) throw notFound("add-on");
    return addon;
  }

  account(idOrEmail: string): AccountRecord | undefined {
    const accounts = this.store.collection("accounts");
    return accounts.get(idOrEmail) ?? accounts.find("email", idOrEmail.toLowerCase());
  }

  team(account: AccountRecord, idOrName: string): TeamRecord {
    const teams = this.store.collection("teams");
    const team = teams.get(idOrName) ?? teams.find("name", idOrName);
    if (team === undefined || !this.isMember(account, team.id)) throw notFound("team");
    return team;
  }

  isMember(account: AccountRecord, teamId: string): boolean {
    const memberships = this.store.collection("teamMembers").by("account", account.id);
    return memberships.some((membership) => membership.teamId === teamId);
  }

  private mayUse(account: AccountRecord, app: AppRecord): boolean {
    if (app.teamId === null && app.ownerId === account.id) return true;
    if (app.teamId !== null && this.isMember(account, app.teamId)) return true;
    const access = this.store.collection("collaborators").by("account", account.id);
    return access.some((collaborator) => collaborator.appId === app.id);
  }

  private isAttached(addon: AddonRecord, app: AppRecord): boolean {
    return this.store
      .collection("attachments")
      .by("addon", addon.id)
      .some(({ appId }) => appId === app.id);
  }
}
