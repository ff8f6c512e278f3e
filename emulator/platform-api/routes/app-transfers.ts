import { Hono } from "hono";
import * as v from "valibot";
import { readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AccountRecord, AppTransferRecord } from "../../store/entities";
import { birth } from "../core";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const CreateBody = v.object({ app: reference, recipient: reference });
const UpdateBody = v.object({
  state: v.picklist(["pending", "accepted", "declined"], "State must be pending, accepted or declined."),
});

/** Routes of Heroku's resource "app transfer": an app goes from one person to another who accepts it. */
export function appTransferRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;
  const { clock, store } = platform.core;
  const transfers = store.collection("appTransfers");
  const mine = (account: AccountRecord) =>
    transfers.all().filter(({ ownerId, recipientId }) => [ownerId, recipientId].includes(account.id));
  const find = (account: AccountRecord, wanted: string) => {
    const app = store.collection("apps").find("name", wanted);
    const row = mine(account).find(({ id, appId }) => id === wanted || appId === app?.id);
    if (row === undefined) throw notFound("app transfer");
    return row;
  };

  routes.get("/account/app-transfers", (c) => {
    const rows = mine(c.var.account).map((row) => view(platform, row));
    return reply(c, rows);
  });

  routes.post("/account/app-transfers", async (c) => {
    const body = await readBody(c, CreateBody);
    const app = lookup.app(c.var.account, body.app);
    const recipient = lookup.account(body.recipient);
    if (recipient === undefined) throw invalidParams(`Couldn't find the recipient ${body.recipient}.`);
    if (app.teamId !== null || app.ownerId !== c.var.account.id)
      throw invalidParams("Only the owner can transfer an app.");
    if (recipient.id === app.ownerId) throw invalidParams("The recipient owns the app already.");
    const fresh = { ...birth(platform.core), appId: app.id, ownerId: app.ownerId, recipientId: recipient.id };
    return c.json(view(platform, transfers.put({ ...fresh, state: "pending" })), 201);
  });

  routes.get("/account/app-transfers/:transfer", (c) => {
    return c.json(view(platform, find(c.var.account, c.req.param("transfer"))));
  });

  routes.patch("/account/app-transfers/:transfer", async (c) => {
    const row = find(c.var.account, c.req.param("transfer"));
    const { state } = await readBody(c, UpdateBody);
    if (row.recipientId !== c.var.account.id)
      throw invalidParams("Only the recipient can accept or decline a transfer.");
    if (row.state !== "pending") throw invalidParams(`The transfer is ${row.state} already.`);
    const changed = store.transaction(() => {
      if (state === "accepted") store.collection("apps").update(row.appId, { ownerId: row.recipientId });
      return transfers.put({ ...row, state, updatedAt: clock.timestamp() });
    });
    return c.json(view(platform, changed));
  });

  routes.delete("/account/app-transfers/:transfer", (c) => {
    const row = find(c.var.account, c.req.param("transfer"));
    transfers.delete(row.id);
    return c.json(view(platform, row));
  });
  return routes;
}

function view({ core }: Platform, row: AppTransferRecord) {
  const person = (id: string) => ({ email: core.store.collection("accounts").get(id)?.email ?? "", id });
  return {
    ...timed(row),
    app: appRef(core.store.collection("apps").get(row.appId)),
    owner: person(row.ownerId),
    recipient: person(row.recipientId),
    state: row.state,
  };
}
