import { invalidParams, notFound } from "../http/errors";
import { derivedId } from "../ids";
import { newRecord } from "../new-record";
import type { AppRecord, CollaboratorRecord } from "../store/entities";
import type { Core } from "./core";
import { findOrInvite } from "./people";

/** What a collaborator may be allowed, with Heroku's descriptions. */
export const PERMISSIONS = {
  view: "View the app",
  deploy: "Deploy and run code",
  operate: "Scale, configure and restart",
  manage: "Manage people and add-ons",
} as const;

/** Every permission. */
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS);

/** The accounts that may use an app. */
export class Collaborators {
  constructor(private readonly core: Core) {}

  /** A personal app's owner is listed among its collaborators. */
  of(app: AppRecord): CollaboratorRecord[] {
    const added = this.collaborators.by("app", app.id);
    return app.teamId === null ? [ownerOf(app), ...added] : added;
  }

  /** By its id, or by the account's id or e-mail address. */
  find(app: AppRecord, wanted: string): CollaboratorRecord {
    const account = this.core.lookup.account(wanted);
    const row = this.of(app).find(({ id, accountId }) => id === wanted || accountId === account?.id);
    if (row === undefined) throw notFound("collaborator");
    return row;
  }

  create(app: AppRecord, user: string, permissions: readonly string[] = ["view"]): CollaboratorRecord {
    return this.core.store.transaction(() => {
      const account = findOrInvite(this.core, user);
      if (this.of(app).some(({ accountId }) => accountId === account.id)) {
        throw invalidParams(`${account.email} is already a collaborator on app ${app.name}.`);
      }
      const granted = app.teamId === null ? ALL_PERMISSIONS : permissions;
      const fresh = { ...newRecord(this.core), appId: app.id, accountId: account.id, permissions: granted };
      return this.collaborators.put(fresh);
    });
  }

  change(collaborator: CollaboratorRecord, permissions: readonly string[]): CollaboratorRecord {
    if (this.collaborators.get(collaborator.id) === undefined) throw invalidParams("Cannot change the app's owner.");
    return this.collaborators.put({ ...collaborator, permissions, updatedAt: this.core.clock.timestamp() });
  }

  remove(collaborator: CollaboratorRecord): void {
    if (this.collaborators.delete(collaborator.id) === undefined) throw invalidParams("Cannot remove the app's owner.");
  }

  private get collaborators() {
    return this.core.store.collection("collaborators");
  }
}

function ownerOf({ id, createdAt, updatedAt, ownerId }: AppRecord): CollaboratorRecord {
  const ownId = derivedId("owner", id, ownerId);
  return { id: ownId, createdAt, updatedAt, appId: id, accountId: ownerId, permissions: ALL_PERMISSIONS };
}
