import { findAddonService } from "../catalog/addon-services";
import type { PlatformEvents } from "../contract";
import type { InjectedFaults } from "../http/injected-faults";
import type { AddonService } from "../machines";
import { SerialQueues } from "../serial-queue";
import type { AddonRecord, AttachmentRecord } from "../store/entities";
import type { Attachments } from "./attachments";
import type { Core } from "./core";
import type { Delays } from "./delays";
import { NOTHING_RUNS, placeholderService } from "./placeholder-service";
import type { Releases } from "./releases";

/** How long an add-on whose provisioning failed can still be found by its id. */
const FAILED_VISIBLE_MS = 60 * 60 * 1_000;

/** Provisions and deprovisions add-ons' services in the background, and sets their values as config vars. */
export class AddonProvisioner implements PlatformEvents {
  private readonly running = new Set<Promise<void>>();
  /** Work on services, by add-on. */
  private readonly queues = new SerialQueues();

  constructor(
    private readonly core: Core,
    private readonly releases: Releases,
    private readonly attachments: Attachments,
    private readonly delays: Delays,
    private readonly faults: InjectedFaults,
  ) {}

  /** The delay starts with the add-on's creation, even if Local Heroku was restarted since. */
  provision(addon: AddonRecord): void {
    const due = Date.parse(addon.createdAt) + this.delays.of(addon.serviceName);
    this.background(addon, async () => {
      const [values] = await Promise.all([
        this.inTurn(addon, (service) => service.provision(addon)),
        this.core.clock.until(due),
      ]);
      if (this.faults.failsProvisioning(addon.serviceName))
        throw new Error("provisioning failed: injected by the control API");
      this.provisioned(addon.id, values);
    });
  }

  changePlan(addon: AddonRecord): void {
    this.background(addon, () => this.inTurn(addon, (service) => service.changePlan(addon)));
  }

  deprovision(addon: AddonRecord): void {
    this.background(addon, async () => {
      await this.inTurn(addon, (service) => service.deprovision(addon));
      this.core.store.collection("addons").delete(addon.id);
    });
  }

  /** Continues at start what an earlier process left. */
  resume(): void {
    for (const addon of this.core.store.collection("addons").all()) {
      if (addon.state === "provisioning") this.provision(addon);
      if (addon.state === "deprovisioning") this.deprovision(addon);
      if (addon.state === "deprovisioned") this.forgetLater(addon.id);
    }
  }

  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  async addonValuesChanged(
    addonId: string,
    values: Record<string, string> | undefined,
    namespace?: string,
  ): Promise<void> {
    const addon = this.core.store.collection("addons").get(addonId);
    if (addon === undefined) return;
    const { [namespace ?? ""]: _, ...others } = addon.namespaceValues;
    const changed: Partial<AddonRecord> =
      namespace === undefined
        ? { values: values ?? {} }
        : { namespaceValues: values === undefined ? others : { ...others, [namespace]: values } };
    this.core.store.transaction(() => {
      this.core.store.collection("addons").update(addonId, { ...changed, updatedAt: this.core.clock.timestamp() });
      const touched = this.attachments.of(addonId).filter((attachment) => attachment.namespace === (namespace ?? null));
      this.providerReleases(addon, touched, ({ name }) => `Update ${name} by ${addon.serviceName}`);
    });
  }

  private provisioned(addonId: string, values: Record<string, string>): void {
    this.core.store.transaction(() => {
      const addons = this.core.store.collection("addons");
      const addon = addons.get(addonId);
      if (addon?.state !== "provisioning") return;
      const isPlaceholder = findAddonService(addon.serviceName)?.placeholder !== undefined;
      const provisionMessage = isPlaceholder ? NOTHING_RUNS : addon.provisionMessage;
      const updatedAt = this.core.clock.timestamp();
      addons.put({ ...addon, values, state: "provisioned", provisionMessage, updatedAt });
      if (isPlaceholder) this.log(addon, NOTHING_RUNS);
      const suffixes = Object.keys(values);
      // Some services, such as Heroku Scheduler, set no config var.
      if (suffixes.length === 0) return;
      const done = `@ref:${addon.name} completed provisioning, setting`;
      this.providerReleases(addon, this.attachments.of(addonId), ({ name }) => {
        return `${done} ${suffixes.map((suffix) => `${name}_${suffix}`).join(", ")}.`;
      });
    });
  }

  /** A provider's releases run no release phase (Dev Center, "Release Phase"). */
  private providerReleases(
    addon: AddonRecord,
    attachments: readonly AttachmentRecord[],
    describe: (attachment: AttachmentRecord) => string,
  ): void {
    const user = { id: addon.accountId, email: `${addon.serviceName}@addons.heroku.com` };
    for (const attachment of attachments) {
      const app = this.core.store.collection("apps").get(attachment.appId);
      if (app) this.releases.create(app, { description: describe(attachment), user, runsReleasePhase: false });
    }
  }

  private async failed(addon: AddonRecord, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`add-on ${addon.name}: ${message}`);
    this.log(addon, message);
    const addons = this.core.store.collection("addons");
    if (addons.get(addon.id)?.state !== "provisioning") return;
    this.core.store.transaction(() => {
      const user = { id: addon.accountId, email: `${addon.serviceName}@addons.heroku.com` };
      this.attachments.removeAll(addon.id, user, { runsReleasePhase: false });
      addons.update(addon.id, { state: "deprovisioned", provisionMessage: message });
    });
    this.forgetLater(addon.id);
    await this.inTurn(addon, (service) => service.deprovision(addon)).catch((left: unknown) => {
      console.error(`add-on ${addon.name}: its remains could not be removed: ${left}`);
    });
  }

  private log({ appId, name }: AddonRecord, message: string): void {
    this.core.machines.logs.append(appId, { source: "heroku", dyno: "api", message: `${name}: ${message}` });
  }

  private forgetLater(addonId: string): void {
    this.core.clock.after(FAILED_VISIBLE_MS, () => this.core.store.collection("addons").delete(addonId));
  }

  private async inTurn<T>(addon: AddonRecord, work: (service: AddonService) => Promise<T>): Promise<T> {
    const entry = findAddonService(addon.serviceName);
    const service = entry?.placeholder ? placeholderService(entry) : this.core.machines.services.get(addon.serviceName);
    if (service === undefined) throw new Error(`Local Heroku does not have the service ${addon.serviceName}`);
    return this.queues.run(addon.id, () => work(service));
  }

  private background(addon: AddonRecord, work: () => Promise<void>): void {
    const run: Promise<void> = Promise.resolve()
      .then(work)
      .catch((error: unknown) => this.failed(addon, error))
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }
}
