import type { ResourceLookup } from "../contract";
import { notFound } from "../http/errors";
import type { AccountRecord, AddonRecord, AppRecord, TeamRecord } from "../store/entities";
import type { Store } from "../store/store";

/** Finds things by id or name for an account. Things it may not see do not exist for it. */
export class Lookup implements ResourceLookup {
  constructor(private readonly store: Store) {}

  app(account: AccountRecord, idOrName: string): AppRecord {
    const app = this.findApp(account, idOrName);
    if (app === undefined) throw notFound("app");
    return app;
  }

  findApp(account: AccountRecord, idOrName: string): AppRecord | undefined {
    const apps = this.store.collection("apps");
    const app = apps.get(idOrName) ?? apps.find("name", idOrName);
    return app && this.mayUse(account, app) ? app : undefined;
  }

  /** The app with this host name: its own one, a custom domain, or a wildcard that covers the name. */
  findAppByHost(host: string): AppRecord | undefined {
    const [apps, domains] = [this.store.collection("apps"), this.store.collection("domains")];
    const domain = domains.find("hostname", host) ?? domains.find("hostname", host.replace(/^[^.]+/, "*"));
    if (domain) return apps.get(domain.appId);
    return host.endsWith(".localhost") ? apps.find("name", host.slice(0, -".localhost".length)) : undefined;
  }

  apps(account: AccountRecord): AppRecord[] {
    return this.store
      .collection("apps")
      .all()
      .filter((app) => this.mayUse(account, app));
  }

  appIds(account: AccountRecord): ReadonlySet<string> {
    return new Set(this.apps(account).map(({ id }) => id));
  }

  /** With `app`, only an add-on that is billed to that app or attached to it. */
  addon(account: AccountRecord, idOrName: string, app?: AppRecord): AddonRecord {
    const addon = this.findAddon(account, idOrName);
    if (addon === undefined || (app !== undefined && addon.appId !== app.id && !this.isAttached(addon, app))) {
      throw notFound("add-on");
    }
    return addon;
  }

  findAddon(account: AccountRecord, idOrName: string): AddonRecord | undefined {
    const addon = findAddon(this.store, idOrName);
    const owner = addon && this.store.collection("apps").get(addon.appId);
    return owner && this.mayUse(account, owner) ? addon : undefined;
  }

  addons(account: AccountRecord): AddonRecord[] {
    const apps = this.appIds(account);
    return this.store
      .collection("addons")
      .all()
      .filter((addon) => isVisible(addon) && apps.has(addon.appId));
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

  teamApps(account: AccountRecord, idOrName: string): AppRecord[] {
    return this.store.collection("apps").by("team", this.team(account, idOrName).id);
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

/** The add-on with this id or name. One whose provisioning failed is found only by its id. */
export function findAddon(store: Store, idOrName: string): AddonRecord | undefined {
  const addons = store.collection("addons");
  const byId = addons.get(idOrName);
  if (byId) return byId.state === "deprovisioning" ? undefined : byId;
  return addons.by("name", idOrName).find(isVisible);
}

function isVisible(addon: AddonRecord): boolean {
  return addon.state === "provisioning" || addon.state === "provisioned";
}
