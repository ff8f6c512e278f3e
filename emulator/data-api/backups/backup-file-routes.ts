import { Readable } from "node:stream";
import { Hono } from "hono";
import type { Clock } from "../../clock";
import { BACKUP_FILES } from "../../contract";
import type { Store } from "../../store/store";
import type { BackupFiles } from "./backup-files";

/** Serves the files behind public URLs to whoever knows them, until they expire. */
export function backupFileRoutes(store: Store, clock: Clock, files: BackupFiles): Hono {
  const routes = new Hono();
  routes.get(`${BACKUP_FILES}:id`, async (c) => {
    const link = store.collection("publicUrls").get(c.req.param("id"));
    if (!link || Date.parse(link.expiresAt) <= clock.now()) return c.text("This URL has expired.\n", 403);
    const size = await files.size(link.transferId);
    if (size === undefined) return c.text("This backup is gone.\n", 404);
    const body = Readable.toWeb(files.read(link.transferId));
    return new Response(body as ReadableStream<Uint8Array>, {
      headers: { "Content-Type": "application/octet-stream", "Content-Length": String(size) },
    });
  });
  return routes;
}
