import { type Context, Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import { derivedId } from "../../ids";
import type { AppRecord, CollaboratorRecord } from "../../store/entities";
import { birth } from "../core";
import { findOrInvite } from "../people";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const PERMISSIONS = {
  view: "View the app",
  deploy: "Deploy and run code",
  operate: "Scale, configure and restart",
  manage: "Manage people and add-ons",
} as const;
const ALL = Object.keys(PERMISSIONS);

const Permissions = v.array(
  v.picklist(["view", "deploy", "operate", "manage"], "Permissions are view, deploy, operate and manage."),
);
const CreateBody = v.object({ user: reference, permissions: optional(Permissions) });
const UpdateBody = v.object({ permissions: Permissions });

/** Routes of Heroku's resources "collaborator" and "team app collaborator". */
export function collaboratorRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;
  const { clock, store } = platform.core;
  const collaborators = store.collection("collaborators");
  const requireApp = (c: Context<ApiEnv>) => lookup.app(c.var.account, c.req.param("app") ?? "");
  const rowsOf = (app: AppRecord) => [...ownerOf(app), ...collaborators.by("app", app.id)];
  const show = (app: AppRecord) => (row: CollaboratorRecord) => view(platform, row, app);
  const find = (app: AppRecord, wanted: string) => {
    const account = lookup.account(wanted);
    const row = rowsOf(app).find(({ id, accountId }) => id === wanted || accountId === account?.id);
    if (row === undefined) throw notFound("collaborator");
    return row;
  };

  routes.get("/teams/permissions", (c) => c.json(permissionViews(ALL)));

  for (const path of ["/apps/:app/collaborators", "/teams/apps/:app/collaborators"]) {
    routes.get(path, (c) => {
      const app = requireApp(c);
      return reply(c, rowsOf(app).map(show(app)));
    });

    routes.post(path, async (c) => {
      const app = requireApp(c);
      const body = await readBody(c, CreateBody);
      const row = store.transaction(() => {
        const account = findOrInvite(platform.core, body.user);
        if (rowsOf(app).some(({ accountId }) => accountId === account.id)) {
          throw invalidParams(`${account.email} is already a collaborator on app ${app.name}.`);
        }
        const permissions = app.teamId === null ? ALL : (body.permissions ?? ["view"]);
        return collaborators.put({ ...birth(platform.core), appId: app.id, accountId: account.id, permissions });
      });
      return c.json(view(platform, row, app), 201);
    });

    routes.get(`${path}/:collaborator`, (c) => {
      const app = requireApp(c);
      return c.json(view(platform, find(app, c.req.param("collaborator") ?? ""), app));
    });

    routes.delete(`${path}/:collaborator`, (c) => {
      const app = requireApp(c);
      const row = find(app, c.req.param("collaborator") ?? "");
      if (collaborators.delete(row.id) === undefined) throw invalidParams("Cannot remove the app's owner.");
      return c.json(view(platform, row, app));
    });
  }

  routes.patch("/teams/apps/:app/collaborators/:collaborator", async (c) => {
    const app = requireApp(c);
    const row = find(app, c.req.param("collaborator"));
    const { permissions } = await readBody(c, UpdateBody);
    const changed = { ...row, permissions, updatedAt: clock.timestamp() };
    if (collaborators.get(row.id) === undefined) throw invalidParams("Cannot change the app's owner.");
    return c.json(view(platform, collaborators.put(changed), app));
  });
  return routes;
}

/** A personal app's owner is shown among its collaborators. */
function ownerOf(app: AppRecord): CollaboratorRecord[] {
  if (app.teamId !== null) return [];
  const { createdAt, updatedAt } = app;
  const id = derivedId("owner", app.id, app.ownerId);
  return [{ id, createdAt, updatedAt, appId: app.id, accountId: app.ownerId, permissions: ALL }];
}

function view(platform: Platform, row: CollaboratorRecord, app: AppRecord) {
  const account = platform.core.store.collection("accounts").get(row.accountId);
  const isOwner = app.teamId === null && row.accountId === app.ownerId;
  return {
    ...timed(row),
    app: appRef(app),
    permissions: permissionViews(row.permissions),
    role: isOwner ? "owner" : "collaborator",
    user: { email: account?.email ?? "", federated: false, id: row.accountId },
  };
}

function permissionViews(names: readonly string[]) {
  return Object.entries(PERMISSIONS)
    .filter(([name]) => names.includes(name))
    .map(([name, description]) => ({ name, description }));
}
