import { findAddonService } from "../catalog/addon-services";
import { invalidParams } from "../http/errors";
import type { AppRecord, AttachmentRecord } from "../store/entities";
import type { Store } from "../store/store";
import type { Actor, Core } from "./core";
import type { Releases } from "./releases";

type Vars = Readonly<Record<string, string>>;

/** Changes to config vars by name; null removes one. */
export type VarChanges = Readonly<Record<string, string | null>>;

const LARGEST_SIZE = 64 * 1024;

/** The config vars of apps: those that people set and those of add-ons. */
export class ConfigVars {
  constructor(
    private readonly core: Core,
    private readonly releases: Releases,
  ) {}

  of(app: AppRecord): Vars {
    return environment(this.core.store, app.id);
  }

  /** Sets and removes vars and makes a release, unless nothing changes: Terraform sends an empty body with each app. */
  change(app: AppRecord, changes: VarChanges, user: Actor): Vars {
    const { store } = this.core;
    const before = userVars(store, app.id);
    requireAllowed(changes, ownedNames(store, app.id));
    const changed = Object.entries(changes).filter(([name, value]) => (before[name] ?? null) !== value);
    if (changed.length > 0) {
      const vars = mergeVars(before, changes);
      requireSize(vars);
      store.transaction(() => {
        store.collection("configs").put({ id: app.id, vars });
        this.releases.create(app, { description: describe(changed), user, runsReleasePhase: true });
      });
    }
    return this.of(app);
  }
}

/** Vars with changes applied. */
export function mergeVars(before: Vars, changes: VarChanges): Vars {
  const vars = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete vars[name];
    else vars[name] = value;
  }
  return vars;
}

/** The config vars that an attachment sets on its app; none while the add-on is being provisioned. */
function attachmentVars(store: Store, attachment: AttachmentRecord): Vars {
  const addon = store.collection("addons").get(attachment.addonId);
  const values = attachment.namespace === null ? addon?.values : addon?.namespaceValues[attachment.namespace];
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([suffix, value]) => [`${attachment.name}_${suffix}`, value]),
  );
}

/** The names of an attachment's config vars; while it has none, the names that it is going to have. */
export function attachmentVarNames(store: Store, attachment: AttachmentRecord): string[] {
  const names = Object.keys(attachmentVars(store, attachment));
  if (names.length > 0) return names;
  const addon = store.collection("addons").get(attachment.addonId);
  const suffixes = findAddonService(addon?.serviceName ?? "")?.configVars ?? ["URL"];
  return suffixes.map((suffix) => `${attachment.name}_${suffix}`);
}

/** What clients call an attachment: its name, or one of its config vars. */
export function attachmentNames(store: Store, attachment: AttachmentRecord): string[] {
  return [attachment.name, ...attachmentVarNames(store, attachment)];
}

/** The names that an app's attachments own, with or without a value. */
export function ownedNames(store: Store, appId: string): ReadonlySet<string> {
  const attachments = store.collection("attachments").by("app", appId);
  return new Set(attachments.flatMap((attachment) => attachmentVarNames(store, attachment)));
}

/** The vars that people set on an app. */
export function userVars(store: Store, appId: string): Vars {
  return store.collection("configs").get(appId)?.vars ?? {};
}

/** All config vars of an app: those that people set and those of its attachments. */
export function environment(store: Store, appId: string): Vars {
  const attached = store.collection("attachments").by("app", appId);
  return Object.assign({}, userVars(store, appId), ...attached.map((attachment) => attachmentVars(store, attachment)));
}

function requireAllowed(vars: VarChanges, owned: ReadonlySet<string>): void {
  const names = Object.keys(vars);
  const conflicts = names.filter((name) => owned.has(name));
  if (conflicts.length > 0) throw invalidParams(`Cannot overwrite attachment values ${conflicts.join(", ")}.`);
  for (const name of names) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw invalidParams(
        `Config var name "${name}" is invalid: only letters, digits and underscores, not a digit first.`,
      );
    if (/^(__|HEROKU_)/.test(name)) throw invalidParams(`Config var name "${name}" is reserved.`);
  }
}

function requireSize(vars: Vars): void {
  const size = Object.entries(vars).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0);
  if (size > LARGEST_SIZE) throw invalidParams("Config vars are limited to 64 kB in all.");
}

function describe(changes: readonly (readonly [string, string | null])[]): string {
  const set = changes.filter(([, value]) => value !== null).map(([name]) => name);
  const removed = changes.filter(([, value]) => value === null).map(([name]) => name);
  const parts = [
    set.length > 0 ? `set ${set.join(", ")}` : "",
    removed.length > 0 ? `remove ${removed.join(", ")}` : "",
  ].filter((part) => part !== "");
  const sentence = `${parts.join(" and ")} config vars`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
