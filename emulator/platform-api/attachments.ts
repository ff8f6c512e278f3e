import { findAddonService } from "../catalog/addon-services";
import { confirmationRequired, invalidParams } from "../http/errors";
import type { AddonRecord, AppRecord, AttachmentRecord } from "../store/entities";
import { attachmentVars, userVars } from "./config-vars";
import { birth, type Core } from "./core";
import { colourName } from "./names";
import type { Releases } from "./releases";

type User = { readonly id: string; readonly email: string };

/** How an add-on is put on an app. */
export interface AttachRequest {
  /** Without it the service's own pattern gives one. */
  readonly name?: string | undefined;
  readonly namespace?: string | null | undefined;
  /** The app's name, to replace what has the name already. */
  readonly confirm?: string | undefined;
}

/** Puts add-ons on apps and takes them off; each time a release. Every method runs within a transaction. */
export class Attachments {
  constructor(
    private readonly core: Core,
    private readonly releases: Releases,
  ) {}

  attach(app: AppRecord, addon: AddonRecord, request: AttachRequest, user: User): AttachmentRecord {
    const attachments = this.core.store.collection("attachments");
    const name = (request.name ?? this.nextName(app, addon)).toUpperCase();
    if (!/^[A-Z][A-Z0-9_]{0,255}$/.test(name)) {
      throw invalidParams(
        "Name must start with a letter and can only contain uppercase letters, numbers, and underscores.",
      );
    }
    const taken = attachments.find("name", `${app.id}/${name}`);
    this.requireConfirmation(app, name, taken, request.confirm);
    if (taken) attachments.delete(taken.id);
    const namespace = request.namespace ?? null;
    const attachment = attachments.put({ ...birth(this.core), appId: app.id, addonId: addon.id, name, namespace });
    this.overwriteUserVars(app, attachment);
    this.release(app, `Attach ${name} (@ref:${addon.name})`, user);
    if (taken) this.release(app, `Detach ${name} (@ref:${this.addonName(taken)})`, user);
    return attachment;
  }

  /** A user's detach: the last attachment to the billing app stays. */
  detach(attachment: AttachmentRecord, user: User): void {
    const addon = this.core.store.collection("addons").get(attachment.addonId);
    const onBillingApp = this.of(attachment.addonId).filter(({ appId }) => appId === addon?.appId);
    if (onBillingApp.length === 1 && onBillingApp[0]?.id === attachment.id) {
      throw invalidParams(`Cannot destroy last attachment to billing app for resource ${addon?.name}`);
    }
    this.remove(attachment, user);
  }

  /** Takes every attachment of an add-on off its apps. */
  removeAll(addonId: string, user: User, options = { runsReleasePhase: true }): void {
    for (const attachment of this.of(addonId)) this.remove(attachment, user, options);
  }

  of(addonId: string): AttachmentRecord[] {
    return this.core.store.collection("attachments").by("addon", addonId);
  }

  private remove(attachment: AttachmentRecord, user: User, options = { runsReleasePhase: true }): void {
    const ref = this.addonName(attachment);
    this.core.store.collection("attachments").delete(attachment.id);
    const app = this.core.store.collection("apps").get(attachment.appId);
    if (app) this.release(app, `Detach ${attachment.name} (@ref:${ref})`, user, options);
  }

  private nextName(app: AppRecord, addon: AddonRecord): string {
    const service = findAddonService(addon.serviceName);
    const isTaken = (name: string) =>
      this.core.store.collection("attachments").find("name", `${app.id}/${name}`) !== undefined;
    if (service === undefined) return addon.name.replaceAll("-", "_");
    const isFirst = this.of(addon.id).length === 0;
    if (isFirst && !isTaken(service.firstAttachment)) return service.firstAttachment;
    return colourName(this.core.ids, service.attachmentPrefix, isTaken);
  }

  private requireConfirmation(
    app: AppRecord,
    name: string,
    taken: AttachmentRecord | undefined,
    confirm?: string,
  ): void {
    if (taken === undefined || confirm === app.name) return;
    throw confirmationRequired(
      `Adding ${name} to app ${app.name} would overwrite existing vars ${name}_URL. Repeat with confirm set to ${app.name}.`,
    );
  }

  /** A hand-set var gives way to an attachment's of the same name. */
  private overwriteUserVars(app: AppRecord, attachment: AttachmentRecord): void {
    const owned = new Set([`${attachment.name}_URL`, ...Object.keys(attachmentVars(this.core.store, attachment))]);
    const entries = Object.entries(userVars(this.core.store, app.id));
    const kept = entries.filter(([name]) => !owned.has(name));
    if (kept.length === entries.length) return;
    this.core.store.collection("configs").put({ id: app.id, vars: Object.fromEntries(kept) });
  }

  private release(app: AppRecord, description: string, user: User, options = { runsReleasePhase: true }): void {
    const current = this.core.store.collection("apps").get(app.id) ?? app;
    this.releases.create(current, { description, user, ...options });
  }

  private addonName(attachment: AttachmentRecord): string {
    return this.core.store.collection("addons").get(attachment.addonId)?.name ?? attachment.addonId;
  }
}
