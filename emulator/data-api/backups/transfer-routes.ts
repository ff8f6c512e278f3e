import { Hono } from "hono";
import * as v from "valibot";
import type { Clock } from "../../clock";
import { BACKUP_FILES } from "../../contract";
import { optional, readBody } from "../../http/body";
import type { ApiEnv } from "../../http/context";
import { badRequest, HerokuError, notFound } from "../../http/errors";
import type { Ids } from "../../ids";
import type { AccountRecord, AppRecord, TransferRecord } from "../../store/entities";
import type { Store } from "../../store/store";
import { attachmentName } from "../attachment-name";
import { findService, type ServiceLookup } from "../find-service";
import type { DatabaseTransfers } from "./database-transfers";
import { kindOf, transferView } from "./transfer-record";
import type { Transfers } from "./transfers";

/** How long a public URL is good, in milliseconds. */
const PUBLIC_URL_MS = 60 * 60 * 1_000;

const RestoreBody = v.object({ backup_url: v.string(), extensions: optional(v.array(v.string())) });
const CopyBody = v.object({ from_name: v.string(), from_url: v.string(), to_name: v.string(), to_url: v.string() });

/** What the routes of transfers work with. */
export interface TransferRouteParts {
  lookup: ServiceLookup;
  store: Store;
  clock: Clock;
  ids: Ids;
  transfers: Transfers;
  databases: DatabaseTransfers;
  /** Local Heroku's address. */
  url: string;
}

/** Routes of backups, restores and copies (`heroku pg:backups`, `pg:copy`). */
export function transferRoutes(parts: TransferRouteParts): Hono<ApiEnv> {
  const { lookup, store, clock, ids, transfers, databases, url } = parts;
  const routes = new Hono<ApiEnv>();
  const ofApp = "/client/v11/apps/:app/transfers";
  const ofDatabase = "/client/v11/databases/:db";
  const app = (account: AccountRecord, idOrName: string) => {
    const found = lookup.findApp(account, idOrName);
    if (!found) throw notFound("app");
    return found;
  };
  const database = (account: AccountRecord, db: string) => findService(lookup, account, db, "heroku-postgresql");
  const find = (owner: AppRecord, wanted: string) => findTransfer(store, owner, wanted);

  routes.get(ofApp, (c) => {
    const rows = transfers.ofApp(app(c.var.account, c.req.param("app")).id);
    return c.json(rows.map((row) => transferView(row, { verbose: false })));
  });

  routes.get(`${ofApp}/:transfer`, (c) => {
    const transfer = find(app(c.var.account, c.req.param("app")), c.req.param("transfer"));
    return c.json(transferView(transfer, { verbose: c.req.query("verbose") === "true" }));
  });

  routes.delete(`${ofApp}/:transfer`, async (c) => {
    const transfer = find(app(c.var.account, c.req.param("app")), c.req.param("transfer"));
    return c.json(transferView(await transfers.remove(transfer), { verbose: false }));
  });

  routes.post(`${ofApp}/:transfer/actions/cancel`, (c) => {
    const canceled = transfers.cancel(find(app(c.var.account, c.req.param("app")), c.req.param("transfer")));
    if (!canceled) throw badRequest("The transfer has finished already.");
    return c.json(transferView(canceled, { verbose: false }), 201);
  });

  routes.post(`${ofApp}/:transfer/actions/public-url`, (c) => {
    const transfer = find(app(c.var.account, c.req.param("app")), c.req.param("transfer"));
    if (kindOf(transfer) !== "backup" || transfer.succeeded !== true) {
      throw badRequest("Only a completed backup has a public URL.");
    }
    const expiresAt = new Date(clock.now() + PUBLIC_URL_MS).toISOString();
    const record = store.collection("publicUrls").put({ id: ids.hex(48), transferId: transfer.id, expiresAt });
    return c.json({ expires_at: expiresAt, url: `${url}${BACKUP_FILES}${record.id}` }, 201);
  });

  routes.post(`${ofDatabase}/backups`, (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    return c.json(transferView(databases.capture(addon, attachmentName(store, addon)), { verbose: false }), 201);
  });

  routes.post(`${ofDatabase}/restores`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const body = await readBody(c, RestoreBody);
    if (!/^https?:\/\//.test(body.backup_url)) throw badRequest("The backup URL must begin with http:// or https://.");
    const name = attachmentName(store, addon);
    const transfer = databases.restore(addon, name, body.backup_url, body.extensions ?? []);
    return c.json(transferView(transfer, { verbose: false }), 201);
  });

  routes.get(`${ofDatabase}/transfers`, (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const rows = transfers.ofApp(addon.appId).filter(({ addonId }) => addonId === addon.id);
    return c.json(rows.map((row) => transferView(row, { verbose: false })));
  });

  routes.post(`${ofDatabase}/transfers`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const { from_name, from_url, to_name, to_url } = await readBody(c, CopyBody);
    for (const each of [from_url, to_url]) {
      if (!/^postgres(ql)?:\/\//.test(each)) throw badRequest("The URL of a database must begin with postgres://.");
    }
    const transfer = databases.copy(addon, { name: from_name, url: from_url }, { name: to_name, url: to_url });
    return c.json(transferView(transfer, { verbose: false }), 201);
  });
  return routes;
}

/** A transfer of an app by number or id. A deleted one is gone, not unknown. */
function findTransfer(store: Store, app: AppRecord, wanted: string): TransferRecord {
  const rows = store.collection("transfers").by("app", app.id);
  const transfer = rows.find(({ id, num }) => id === wanted || String(num) === wanted);
  if (!transfer) throw new HerokuError(404, "not_found", `Transfer ${wanted} does not exist.`);
  if (transfer.deletedAt !== null) throw new HerokuError(410, "gone", `Transfer ${wanted} was deleted.`);
  return transfer;
}
