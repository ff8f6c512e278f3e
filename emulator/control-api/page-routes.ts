import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Context, Hono } from "hono";
import { notFound } from "../http/errors";
import { eventStream } from "../http/event-stream";
import type { Platform } from "../platform-api/platform";
import { isOwnHost, ownPagesOnly } from "./own-pages-only";
import { appForPage, appsForPage } from "./page-data";

const FOLDER = join(__dirname, "page");
const TYPES: Readonly<Record<string, string>> = {
  "page.css": "text/css; charset=utf-8",
  "page.mjs": "text/javascript; charset=utf-8",
  "elements.mjs": "text/javascript; charset=utf-8",
  "feed.mjs": "text/javascript; charset=utf-8",
  "tables.mjs": "text/javascript; charset=utf-8",
};
/** The page loads only its own files, and no other page can frame it. */
const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-cache",
};
const NEWEST = 200;

/** The page at `/` and its data. It needs no API key, but other sites cannot read its data. */
export function pageRoutes(platform: Platform): Hono {
  const routes = new Hono();
  const { core, requests } = platform;
  const find = (name: string) => {
    const app = core.store.collection("apps").find("name", name);
    if (app === undefined) throw notFound("app");
    return app;
  };

  routes.get("/", async (c, next) => {
    if (!isOwnHost(c) || isForApi(c)) return next();
    return c.body(readFileSync(join(FOLDER, "index.html"), "utf8"), 200, {
      ...HEADERS,
      "Content-Type": "text/html; charset=utf-8",
    });
  });

  routes.get("/_local/page/:file", (c) => {
    const file = c.req.param("file");
    const type = TYPES[file];
    if (type === undefined) throw notFound("file");
    return c.body(readFileSync(join(FOLDER, file), "utf8"), 200, { ...HEADERS, "Content-Type": type });
  });

  routes.use("/_local/apps/*", ownPagesOnly);
  routes.use("/_local/apps", ownPagesOnly);
  routes.use("/_local/events", ownPagesOnly);

  routes.get("/_local/apps", (c) => c.json({ now: core.clock.timestamp(), apps: appsForPage(platform) }));
  routes.get("/_local/apps/:app", async (c) => c.json(await appForPage(platform, find(c.req.param("app")))));

  routes.get("/_local/apps/:app/log", (c) => {
    const { id } = find(c.req.param("app"));
    return eventStream(c, (send) => {
      for (const entry of core.machines.logs.newest(id, () => true, NEWEST)) send("line", entry);
      return core.machines.logs.follow(id, (entry) => send("line", entry));
    });
  });

  routes.get("/_local/events", (c) =>
    eventStream(c, (send) => {
      for (const request of requests.all().slice(-NEWEST)) send("request", request);
      return requests.follow((request) => send("request", request));
    }),
  );
  return routes;
}

/** Whether a client of the Platform API asks for its root. */
function isForApi(c: Context): boolean {
  return (c.req.header("Accept") ?? "").includes("heroku");
}
