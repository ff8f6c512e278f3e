import { Readable } from "node:stream";
import { Hono } from "hono";
import { BACKUP_FILES } from "../../contract";
import type { DataServices } from "../data-services";

/** The files behind public URLs, until these expire. They need no API key: the path is the secret. */
export function backupFileRoutes({ context, files }: DataServices): Hono {
  const routes = new Hono();
  const { store, clock } = context;

  routes.get(`${BACKUP_FILES}:id`, async (c) => {
    const link = store.collection("publicUrls").get(c.req.param("id"));
    if (!link || Date.parse(link.expiresAt) <= clock.now()) return c.text("This URL has expired.\n", 403);
    const size = await files.size(link.transferId);
    if (size === undefined) return c.text("This backup was deleted.\n", 404);
    const body = Readable.toWeb(files.read(link.transferId));
    return new Response(body as ReadableStream<Uint8Array>, {
      headers: { "Content-Type": "application/octet-stream", "Content-Length": String(size) },
    });
  });

  return routes;
}
