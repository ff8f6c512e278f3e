import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { CollaboratorRecord } from "../../store/entities";
import { ALL_PERMISSIONS, PERMISSIONS } from "../collaborators";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const Permissions = v.array(
  v.picklist(["view", "deploy", "operate", "manage"], "Permissions are view, deploy, operate and manage."),
);
const CreateBody = v.object({ user: reference, permissions: optional(Permissions) });
const UpdateBody = v.object({ permissions: Permissions });

/** Routes of Heroku's resources "collaborator" and "team app collaborator". */
export function collaboratorRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { collaborators, lookup } = platform;
  const inApp = findApp(lookup);
  const view = (collaborator: CollaboratorRecord) => collaboratorView(platform, collaborator);

  routes.get("/teams/permissions", (c) => c.json(permissionsView(ALL_PERMISSIONS)));

  for (const path of ["/apps/:app/collaborators", "/teams/apps/:app/collaborators"] as const) {
    routes.get(path, inApp, (c) => reply(c, collaborators.of(c.var.app).map(view)));

    routes.post(path, inApp, async (c) => {
      const { user, permissions } = await readBody(c, CreateBody);
      return c.json(view(collaborators.create(c.var.app, user, permissions)), 201);
    });

    routes.get(`${path}/:collaborator`, inApp, (c) => {
      return c.json(view(collaborators.find(c.var.app, c.req.param("collaborator"))));
    });

    routes.delete(`${path}/:collaborator`, inApp, (c) => {
      const collaborator = collaborators.find(c.var.app, c.req.param("collaborator"));
      collaborators.remove(collaborator);
      return c.json(view(collaborator));
    });
  }

  routes.patch("/teams/apps/:app/collaborators/:collaborator", inApp, async (c) => {
    const collaborator = collaborators.find(c.var.app, c.req.param("collaborator"));
    const { permissions } = await readBody(c, UpdateBody);
    return c.json(view(collaborators.change(collaborator, permissions)));
  });

  return routes;
}

function collaboratorView({ core }: Platform, collaborator: CollaboratorRecord) {
  const account = core.store.collection("accounts").get(collaborator.accountId);
  const app = core.store.collection("apps").get(collaborator.appId);
  const isOwner = app?.teamId === null && collaborator.accountId === app.ownerId;
  return {
    ...timed(collaborator),
    app: appRef(app),
    permissions: permissionsView(collaborator.permissions),
    role: isOwner ? "owner" : "collaborator",
    user: { email: account?.email ?? "", federated: false, id: collaborator.accountId },
  };
}

function permissionsView(names: readonly string[]) {
  return Object.entries(PERMISSIONS)
    .filter(([name]) => names.includes(name))
    .map(([name, description]) => ({ name, description }));
}
