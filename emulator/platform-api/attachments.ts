import { findAddonService } from "../catalog/addon-services";
import { confirmationRequired, type HerokuError, invalidParams, multipleMatches, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord, AddonRecord, AppRecord, AttachmentRecord } from "../store/entities";
import { attachmentNames, attachmentVarNames, userVars } from "./config-vars";
import type { Actor, Core } from "./core";
import { colorName } from "./names";
import type { Releases } from "./releases";

/** How an add-on is attached to an app. */
interface AttachRequest {
  /** Chosen after the service's own pattern if it is missing. */
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  /** The app's name, to replace the attachment that has the name already. */
  readonly confirm?: string | undefined;
}

/** Attaches add-ons to apps and detaches them, with a release each time. Every change runs within a transaction. */
export class Attachments {
  constructor(
    private readonly core: Core,
    private readonly releases: Releases,
  ) {}

  of(addonId: string): AttachmentRecord[] {
    return this.attachments.by("addon", addonId);
  }

  ofApp(app: AppRecord): AttachmentRecord[] {
    return this.attachments.by("app", app.id);
  }

  /** The attachments to the apps that an account may use. */
  ofAccount(account: AccountRecord): AttachmentRecord[] {
    const apps = this.core.lookup.appIds(account);
    return this.attachments.all().filter(({ appId }) => apps.has(appId));
  }

  find(rows: readonly AttachmentRecord[], idOrName: string, by: "id" | "id or name" = "id"): AttachmentRecord {
    const row = rows.find(({ id, name }) => id === idOrName || (by === "id or name" && name === idOrName));
    if (row === undefined) throw notFound("add on attachment");
    return row;
  }

  /** The attachment that a client names by its id, or as `app::NAME`. */
  findGlobally(account: AccountRecord, wanted: string): AttachmentRecord {
    const { name, app } = this.core.lookup.qualified(account, wanted) ?? { name: wanted, app: undefined };
    return app ? this.find(this.ofApp(app), name, "id or name") : this.find(this.ofAccount(account), name);
  }

  /** What clients mean by a name: an attachment, its config var, or its add-on. */
  resolve(account: AccountRecord, wanted: string, app?: AppRecord, serviceNameOrId?: string): AttachmentRecord[] {
    const { lookup, store } = this.core;
    const qualified = lookup.qualified(account, wanted, app);
    const found = this.ofAccount(account).filter((row) => {
      if (qualified === undefined || (qualified.app && row.appId !== qualified.app.id)) return false;
      const addon = store.collection("addons").get(row.addonId);
      if (serviceNameOrId && addon?.serviceName !== findAddonService(serviceNameOrId)?.name) return false;
      return [row.id, ...attachmentNames(store, row), addon?.name, addon?.id].includes(qualified.name);
    });
    if (found.length === 0) throw notFound("add on attachment");
    // An add-on's own name finds all of its attachments; an attachment's name must be unambiguous.
    if (new Set(found.map(({ addonId }) => addonId)).size > 1) throw multipleMatches();
    return found;
  }

  attach(app: AppRecord, addon: AddonRecord, request: AttachRequest, user: Actor): AttachmentRecord {
    const name = (request.name ?? this.nextName(app, addon)).toUpperCase();
    if (!/^[A-Z][A-Z0-9_]{0,255}$/.test(name)) {
      throw invalidParams(
        "Name must start with a letter and can only contain uppercase letters, numbers, and underscores.",
      );
    }
    const taken = this.attachments.find("name", `${app.id}/${name}`);
    if (taken && request.confirm !== app.name) {
      throw overwriting(app, name, attachmentVarNames(this.core.store, taken));
    }
    if (taken) this.attachments.delete(taken.id);
    const namespace = request.namespace ?? null;
    const fresh = { ...newRecord(this.core), appId: app.id, addonId: addon.id, name, namespace };
    const attachment = this.attachments.put(fresh);
    this.overwriteUserVars(app, attachment);
    this.release(app, `Attach ${name} (@ref:${addon.name})`, user);
    if (taken) this.release(app, `Detach ${name} (@ref:${this.addonName(taken)})`, user);
    return attachment;
  }

  /** Detaches on a user's request; the last attachment to the billing app cannot be detached. */
  detach(attachment: AttachmentRecord, user: Actor): void {
    const addon = this.core.store.collection("addons").get(attachment.addonId);
    const onBillingApp = this.of(attachment.addonId).filter(({ appId }) => appId === addon?.appId);
    if (onBillingApp.length === 1 && onBillingApp[0]?.id === attachment.id) {
      throw invalidParams(`Cannot destroy last attachment to billing app for resource ${addon?.name}`);
    }
    this.remove(attachment, user);
  }

  /** Detaches an add-on from all of its apps. */
  removeAll(addonId: string, user: Actor, options = { runsReleasePhase: true }): void {
    for (const attachment of this.of(addonId)) this.remove(attachment, user, options);
  }

  private remove(attachment: AttachmentRecord, user: Actor, options = { runsReleasePhase: true }): void {
    const ref = this.addonName(attachment);
    this.attachments.delete(attachment.id);
    const app = this.core.store.collection("apps").get(attachment.appId);
    if (app) this.release(app, `Detach ${attachment.name} (@ref:${ref})`, user, options);
  }

  private nextName(app: AppRecord, addon: AddonRecord): string {
    const service = findAddonService(addon.serviceName);
    const isTaken = (name: string) => this.attachments.find("name", `${app.id}/${name}`) !== undefined;
    if (service === undefined) return addon.name.replaceAll("-", "_");
    const isFirst = this.of(addon.id).length === 0;
    if (isFirst && !isTaken(service.firstAttachment)) return service.firstAttachment;
    return colorName(this.core.ids, service.attachmentPrefix, isTaken);
  }

  /** A var that a person set is removed when an attachment brings one of the same name. */
  private overwriteUserVars(app: AppRecord, attachment: AttachmentRecord): void {
    const owned = new Set(attachmentVarNames(this.core.store, attachment));
    const entries = Object.entries(userVars(this.core.store, app.id));
    const kept = entries.filter(([name]) => !owned.has(name));
    if (kept.length === entries.length) return;
    this.core.store.collection("configs").put({ id: app.id, vars: Object.fromEntries(kept) });
  }

  private release(app: AppRecord, description: string, user: Actor, options = { runsReleasePhase: true }): void {
    const current = this.core.store.collection("apps").get(app.id) ?? app;
    this.releases.create(current, { description, user, ...options });
  }

  private addonName(attachment: AttachmentRecord): string {
    return this.core.store.collection("addons").get(attachment.addonId)?.name ?? attachment.addonId;
  }

  private get attachments() {
    return this.core.store.collection("attachments");
  }
}

function overwriting(app: AppRecord, name: string, vars: readonly string[]): HerokuError {
  return confirmationRequired(
    `Adding ${name} to app ${app.name} would overwrite existing vars ${vars.join(", ")}. Repeat with confirm set to ${app.name}.`,
  );
}
