import { Hono } from "hono";
import * as v from "valibot";
import { readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { reply } from "../../http/range";
import type { AppTransferRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { appRefOf, timed } from "./views";

const CreateBody = v.object({ app: reference, recipient: reference });
const UpdateBody = v.object({
  state: v.picklist(["pending", "accepted", "declined"], "State must be pending, accepted or declined."),
});

/** Routes of Heroku's resource "app transfer". */
export function appTransferRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { appTransfers } = platform;
  const view = (transfer: AppTransferRecord) => appTransferView(platform, transfer);

  routes.get("/account/app-transfers", (c) => reply(c, appTransfers.of(c.var.account).map(view)));

  routes.post("/account/app-transfers", async (c) => {
    const { app, recipient } = await readBody(c, CreateBody);
    return c.json(view(appTransfers.create(c.var.account, app, recipient)), 201);
  });

  routes.get("/account/app-transfers/:transfer", (c) => {
    return c.json(view(appTransfers.find(c.var.account, c.req.param("transfer"))));
  });

  routes.patch("/account/app-transfers/:transfer", async (c) => {
    const transfer = appTransfers.find(c.var.account, c.req.param("transfer"));
    const { state } = await readBody(c, UpdateBody);
    return c.json(view(appTransfers.change(transfer, state, c.var.account)));
  });

  routes.delete("/account/app-transfers/:transfer", (c) => {
    const transfer = appTransfers.find(c.var.account, c.req.param("transfer"));
    appTransfers.remove(transfer);
    return c.json(view(transfer));
  });

  return routes;
}

function appTransferView(platform: Platform, transfer: AppTransferRecord) {
  const accounts = platform.core.store.collection("accounts");
  const accountRef = (id: string) => ({ email: accounts.get(id)?.email ?? "", id });
  return {
    ...timed(transfer),
    app: appRefOf(platform, transfer.appId),
    owner: accountRef(transfer.ownerId),
    recipient: accountRef(transfer.recipientId),
    state: transfer.state,
  };
}
