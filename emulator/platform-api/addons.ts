import { findAddonService, findPlan } from "../catalog/addon-services";
import type { Plan } from "../catalog/plan";
import { invalidParams, multipleMatches, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord, AddonRecord, AppRecord } from "../store/entities";
import type { AddonProvisioner } from "./addon-provisioner";
import type { Attachments } from "./attachments";
import type { Actor, Core } from "./core";
import { findAddon } from "./lookup";
import { randomAddonName } from "./names";

/** What an add-on is created from. */
interface AddonRequest {
  /** `service:plan`, or the service for its default plan. */
  readonly plan: string;
  readonly name?: string | undefined;
  readonly config?: Readonly<Record<string, string>> | undefined;
  readonly attachmentName?: string | undefined;
  readonly confirm?: string | undefined;
}

/** Creates add-ons, which are then provisioned in the background, and changes and removes them. */
export class Addons {
  constructor(
    private readonly core: Core,
    private readonly attachments: Attachments,
    private readonly provisioner: AddonProvisioner,
  ) {}

  /** The add-ons that are billed to an app or attached to it, if the account may use them. */
  ofApp(account: AccountRecord, app: AppRecord): AddonRecord[] {
    const attached = this.attachments.ofApp(app).map(({ addonId }) => addonId);
    const ids = new Set([...this.addons.by("app", app.id).map(({ id }) => id), ...attached]);
    return this.core.lookup.addons(account).filter(({ id }) => ids.has(id));
  }

  ofTeam(account: AccountRecord, team: string): AddonRecord[] {
    const apps = new Set(this.core.lookup.teamApps(account, team).map(({ id }) => id));
    return this.core.lookup.addons(account).filter(({ appId }) => apps.has(appId));
  }

  /** The add-ons that a client may mean by a name, which may also be the service of the account's only one. */
  resolve(account: AccountRecord, wanted: string, app?: AppRecord, serviceNameOrId?: string): AddonRecord[] {
    const { lookup } = this.core;
    const named = lookup.findAddons(account, wanted, app);
    const ofService = () => lookup.addons(account).filter(({ serviceName }) => serviceName === wanted);
    const candidates = named.length === 0 && app === undefined ? ofService() : named;
    const service = serviceNameOrId === undefined ? undefined : findAddonService(serviceNameOrId);
    const found = candidates.filter(
      ({ serviceName }) => serviceNameOrId === undefined || serviceName === service?.name,
    );
    if (found.length === 0) throw notFound("add-on");
    if (found.length > 1) throw multipleMatches();
    return found;
  }

  create(app: AppRecord, request: AddonRequest, user: Actor): AddonRecord {
    const plan = requirePlan(request.plan);
    requireOriginal(request.config ?? {});
    const addon = this.core.store.transaction(() => {
      const created = this.addons.put({
        ...newRecord(this.core),
        appId: app.id,
        name: this.freeName(request.name, plan),
        serviceName: plan.serviceName,
        planName: plan.name,
        state: "provisioning",
        config: request.config ?? {},
        accountId: user.id,
        provisionMessage: null,
        values: {},
        namespaceValues: {},
      });
      this.attachments.attach(app, created, { name: request.attachmentName, confirm: request.confirm }, user);
      return created;
    });
    this.provisioner.provision(addon);
    return addon;
  }

  /** Changes the plan (within the service), the name, or both. */
  change(addon: AddonRecord, plan: string | undefined, name: string | undefined): AddonRecord {
    const next =
      plan === undefined ? undefined : requirePlan(plan.includes(":") ? plan : `${addon.serviceName}:${plan}`);
    if (next !== undefined && next.serviceName !== addon.serviceName) {
      throw invalidParams(`The plan ${plan} is not one of ${addon.serviceName}.`);
    }
    if (next !== undefined && addon.state !== "provisioned") {
      throw invalidParams("Add-on is still being provisioned. Please try again later.");
    }
    const changed = {
      ...addon,
      name:
        name === undefined || name === addon.name ? addon.name : this.freeName(name, requirePlan(addon.serviceName)),
      planName: next?.name ?? addon.planName,
      updatedAt: this.core.clock.timestamp(),
    };
    this.addons.put(changed);
    if (changed.planName !== addon.planName) this.provisioner.changePlan(changed);
    return changed;
  }

  /** Detaches it everywhere and takes its service down; returns its last state. */
  remove(addon: AddonRecord, user: Actor): AddonRecord {
    this.core.store.transaction(() => {
      this.attachments.removeAll(addon.id, user);
      this.addons.update(addon.id, { state: "deprovisioning" });
    });
    this.provisioner.deprovision(addon);
    return { ...addon, state: "deprovisioned", updatedAt: this.core.clock.timestamp() };
  }

  private freeName(wanted: string | undefined, plan: Plan): string {
    const { ids, store } = this.core;
    if (wanted !== undefined) {
      if (!/^[a-zA-Z][A-Za-z0-9_-]+$/.test(wanted)) throw invalidParams("Name is invalid");
      if (findAddon(store, wanted)) throw invalidParams("Name is already taken");
      return wanted;
    }
    const prefix = findAddonService(plan.serviceName)?.namePrefix ?? plan.serviceName;
    let name = randomAddonName(ids, prefix);
    while (findAddon(store, name)) name = randomAddonName(ids, prefix);
    return name;
  }

  private get addons() {
    return this.core.store.collection("addons");
  }
}

/** An empty database must not pass for a follower, a fork or a rollback. */
function requireOriginal(config: Readonly<Record<string, string>>): void {
  const asked = ["follow", "fork", "rollback"].filter((key) => key in config);
  if (asked.length > 0)
    throw invalidParams(`Local Heroku makes no database from another: leave out ${asked.join(", ")}.`);
}

function requirePlan(name: string): Plan {
  const plan = findPlan(name);
  // The CLI looks for these words and lists the service's plans below them.
  if (!plan) throw invalidParams(`Couldn't find either the add-on service or the add-on plan of "${name}".`);
  return plan;
}
