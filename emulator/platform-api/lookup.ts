import type { ResourceLookup } from "../contract";
import { multipleMatches, notFound } from "../http/errors";
import type { AccountRecord, AddonRecord, AppRecord, TeamRecord } from "../store/entities";
import type { Store } from "../store/store";
import { attachmentNames } from "./config-vars";

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

  /** The add-on that a client names; with `app`, one that is billed to that app or attached to it. */
  addon(account: AccountRecord, wanted: string, app?: AppRecord): AddonRecord {
    const [addon, other] = this.findAddons(account, wanted, app);
    if (addon === undefined) throw notFound("add-on");
    if (other !== undefined) throw multipleMatches();
    return addon;
  }

  findAddon(account: AccountRecord, wanted: string): AddonRecord | undefined {
    return this.findAddons(account, wanted)[0];
  }

  /** What a client may mean: an add-on by id or name, or within an app also by attachment, config var or service. */
  findAddons(account: AccountRecord, wanted: string, app?: AppRecord): AddonRecord[] {
    const qualified = this.qualified(account, wanted, app);
    if (qualified === undefined) return [];
    const { name, app: within } = qualified;
    const addon = findAddon(this.store, name);
    const owner = addon && this.store.collection("apps").get(addon.appId);
    const isVisible = owner !== undefined && this.mayUse(account, owner);
    if (addon && isVisible && (within === undefined || belongsTo(this.store, addon, within))) return [addon];
    return within === undefined ? [] : addonsWithin(this.store, within, name);
  }

  /** Splits `app::NAME`, the CLI's format for what belongs to another app. Undefined if that app is unknown. */
  qualified(
    account: AccountRecord,
    wanted: string,
    app?: AppRecord,
  ): { name: string; app: AppRecord | undefined } | undefined {
    const [, appName, name] = /^([^:]+)::(.+)$/.exec(wanted) ?? [];
    if (appName === undefined || name === undefined) return { name: wanted, app };
    const other = this.findApp(account, appName);
    return other && { name, app: other };
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

function belongsTo(store: Store, addon: AddonRecord, app: AppRecord): boolean {
  const attachments = store.collection("attachments").by("addon", addon.id);
  return addon.appId === app.id || attachments.some(({ appId }) => appId === app.id);
}

/** The add-ons of an app by the name of an attachment, by its config var, or else by their service. */
function addonsWithin(store: Store, app: AppRecord, name: string): AddonRecord[] {
  const attachments = store.collection("attachments").by("app", app.id);
  const named = attachments.filter((attachment) => attachmentNames(store, attachment).includes(name));
  const all = store.collection("addons").all().filter(isVisible);
  const attached = all.filter(({ id }) => named.some(({ addonId }) => addonId === id));
  if (attached.length > 0) return attached;
  return all.filter((addon) => addon.serviceName === name && belongsTo(store, addon, app));
}
