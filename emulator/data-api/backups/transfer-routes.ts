import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { badRequest } from "../../http/errors";
import { findAddon, findApp } from "../../http/find-resource";
import { originOf } from "../../http/origin";
import type { TransferRecord } from "../../store/entities";
import { attachmentName } from "../attachment-name";
import type { DataServices } from "../data-services";

const OF_APP = "/client/v11/apps/:app/transfers";
const OF_DATABASE = "/client/v11/databases/:addon";

const RestoreBody = v.object({ backup_url: v.string(), extensions: optional(v.array(v.string())) });
const CopyBody = v.object({ from_name: v.string(), from_url: v.string(), to_name: v.string(), to_url: v.string() });

/** Routes of backups, restores and copies (`heroku pg:backups`, `pg:copy`). */
export function transferRoutes(data: DataServices): Api {
  const routes = new Hono<ApiEnv>();
  const { context, databases, transfers, urls } = data;
  const inApp = findApp(context);
  const ofDatabase = findAddon(context, "heroku-postgresql");
  const view = (transfer: TransferRecord) => transferView(transfer);

  routes.get(OF_APP, inApp, (c) => c.json(transfers.of(c.var.app.id).map(view)));

  routes.get(`${OF_APP}/:transfer`, inApp, (c) => {
    const transfer = transfers.find(c.var.app, c.req.param("transfer"));
    return c.json(transferView(transfer, { withLog: c.req.query("verbose") === "true" }));
  });

  routes.delete(`${OF_APP}/:transfer`, inApp, async (c) => {
    return c.json(view(await transfers.remove(transfers.find(c.var.app, c.req.param("transfer")))));
  });

  routes.post(`${OF_APP}/:transfer/actions/cancel`, inApp, (c) => {
    const canceled = transfers.cancel(transfers.find(c.var.app, c.req.param("transfer")));
    if (!canceled) throw badRequest("The transfer has finished already.");
    return c.json(view(canceled), 201);
  });

  routes.post(`${OF_APP}/:transfer/actions/public-url`, inApp, (c) => {
    const { expiresAt, url } = urls.publish(transfers.find(c.var.app, c.req.param("transfer")), originOf(c));
    return c.json({ expires_at: expiresAt, url }, 201);
  });

  routes.post(`${OF_DATABASE}/backups`, ofDatabase, (c) => {
    const { addon } = c.var;
    return c.json(view(databases.capture(addon, attachmentName(context.store, addon))), 201);
  });

  routes.post(`${OF_DATABASE}/restores`, ofDatabase, async (c) => {
    const { addon } = c.var;
    const { backup_url, extensions } = await readBody(c, RestoreBody);
    if (!/^https?:\/\//.test(backup_url)) throw badRequest("The backup URL must begin with http:// or https://.");
    const name = attachmentName(context.store, addon);
    return c.json(view(databases.restore(addon, name, backup_url, extensions ?? [])), 201);
  });

  routes.get(`${OF_DATABASE}/transfers`, ofDatabase, (c) => {
    const { id, appId } = c.var.addon;
    const rows = transfers.of(appId).filter(({ addonId }) => addonId === id);
    return c.json(rows.map(view));
  });

  routes.post(`${OF_DATABASE}/transfers`, ofDatabase, async (c) => {
    const { from_name, from_url, to_name, to_url } = await readBody(c, CopyBody);
    for (const each of [from_url, to_url]) {
      if (!/^postgres(ql)?:\/\//.test(each)) throw badRequest("The URL of a database must begin with postgres://.");
    }
    const [from, to] = [
      { name: from_name, url: from_url },
      { name: to_name, url: to_url },
    ];
    return c.json(view(databases.copy(c.var.addon, from, to)), 201);
  });

  return routes;
}

/** A transfer as the data API shows it. */
function transferView(transfer: TransferRecord, { withLog } = { withLog: false }) {
  return {
    uuid: transfer.id,
    num: transfer.num,
    from_name: transfer.fromName,
    from_type: transfer.fromType,
    from_url: transfer.fromUrl,
    to_name: transfer.toName,
    to_type: transfer.toType,
    to_url: transfer.toUrl,
    options: transfer.pgbackupsName === null ? {} : { pgbackups_name: transfer.pgbackupsName },
    source_bytes: transfer.sourceBytes,
    processed_bytes: transfer.processedBytes,
    succeeded: transfer.succeeded,
    warnings: transfer.warnings,
    created_at: backupTime(transfer.createdAt),
    started_at: backupTime(transfer.startedAt),
    canceled_at: backupTime(transfer.canceledAt),
    updated_at: backupTime(transfer.updatedAt),
    finished_at: backupTime(transfer.finishedAt),
    deleted_at: backupTime(transfer.deletedAt),
    purged_at: null,
    num_keep: transfer.numKeep,
    ...(transfer.scheduleId === null ? {} : { schedule: { uuid: transfer.scheduleId } }),
    ...(withLog ? { logs: transfer.logs.map(logView) } : {}),
  };
}

function logView({ createdAt, level, message }: TransferRecord["logs"][number]) {
  return { created_at: backupTime(createdAt), level, message };
}

/** PGBackups' own format of a time: `2026-11-22 15:04:05 +0000`. */
function backupTime(timestamp: string | null): string | null {
  return timestamp === null ? null : `${timestamp.slice(0, 19).replace("T", " ")} +0000`;
}
