import { findAddonService, findPlan } from "../catalog/addon-services";
import type { Plan } from "../catalog/plan";
import { HerokuError, invalidParams } from "../http/errors";
import type { AddonRecord, AppRecord } from "../store/entities";
import type { AddonProvisioner } from "./addon-provisioner";
import type { Attachments } from "./attachments";
import { birth, type Core } from "./core";
import { findAddon } from "./lookup";
import { randomAddonName } from "./names";

type User = { readonly id: string; readonly email: string };

/** What an add-on is created from. */
export interface AddonRequest {
  /** `service:plan`, or the service for its default plan. */
  readonly plan: string;
  readonly name?: string | undefined;
  readonly config?: Readonly<Record<string, string>> | undefined;
  readonly attachmentName?: string | undefined;
  readonly confirm?: string | undefined;
}

/** The life of add-ons: created `provisioning`, provisioned in the background, changed, destroyed. */
export class Addons {
  constructor(
    private readonly core: Core,
    private readonly attachments: Attachments,
    private readonly provisioner: AddonProvisioner,
  ) {}

  create(app: AppRecord, request: AddonRequest, user: User): AddonRecord {
    const plan = requirePlan(request.plan);
    requireOriginal(request.config ?? {});
    const addon = this.core.store.transaction(() => {
      const created = this.core.store.collection("addons").put({
        ...birth(this.core),
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

  /** Changes plan (of the same service), name, or both. */
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
    this.core.store.collection("addons").put(changed);
    if (changed.planName !== addon.planName) this.provisioner.changePlan(changed);
    return changed;
  }

  /** Detaches it everywhere and takes the service down; the answer is its last state. */
  destroy(addon: AddonRecord, user: User): AddonRecord {
    this.core.store.transaction(() => {
      this.attachments.removeAll(addon.id, user);
      this.core.store.collection("addons").update(addon.id, { state: "deprovisioning" });
    });
    this.provisioner.deprovision(addon);
    return { ...addon, state: "deprovisioned", updatedAt: this.core.clock.timestamp() };
  }

  private freeName(wanted: string | undefined, plan: Plan): string {
    if (wanted !== undefined) {
      if (!/^[a-zA-Z][A-Za-z0-9_-]+$/.test(wanted)) throw invalidParams("Name is invalid");
      if (findAddon(this.core.store, wanted)) throw invalidParams("Name is already taken");
      return wanted;
    }
    const prefix = findAddonService(plan.serviceName)?.namePrefix ?? plan.serviceName;
    let name = randomAddonName(this.core.ids, prefix);
    while (findAddon(this.core.store, name)) name = randomAddonName(this.core.ids, prefix);
    return name;
  }
}

/** An empty database must not pass for a follower, a fork or one rolled back. */
function requireOriginal(config: Readonly<Record<string, string>>): void {
  const asked = ["follow", "fork", "rollback"].filter((key) => key in config);
  if (asked.length > 0)
    throw invalidParams(`Local Heroku makes no database from another: leave out ${asked.join(", ")}.`);
}

function requirePlan(name: string): Plan {
  const plan = findPlan(name);
  if (plan) return plan;
  const service = findAddonService(name.split(":")[0] ?? "");
  if (service === undefined)
    throw new HerokuError(404, "not_found", `Couldn't find either the add-on service or the add-on plan of "${name}".`);
  const plans = service.plans.map((entry) => `${service.name}:${entry.name}`).join(", ");
  throw invalidParams(`Couldn't find that plan, got "${name}"; Local Heroku has ${plans}.`);
}
