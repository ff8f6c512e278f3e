import { byId, element, show } from "./elements.mjs";
import { Feed } from "./feed.mjs";
import { addonTable, backupTable, dynoTable, releaseTable, table } from "./tables.mjs";

const REFRESH_MS = 2_000;

const status = byId("status");
const filter = /** @type {HTMLInputElement} */ (byId("filter"));
const url = /** @type {HTMLAnchorElement} */ (byId("app-url"));

/** @type {import("../page-data.js").ListedApp[]} */
let apps = [];
let followed = "";

const requests = new Feed("requests", "request", requestLine, (isOpen) => setStatus(isOpen));
const log = new Feed("log", "line", logLine);

/** @param {boolean} isOpen */
function setStatus(isOpen) {
  status.textContent = isOpen ? `live at ${location.host}` : `not reachable at ${location.host}; retrying`;
  status.dataset.state = isOpen ? "live" : "lost";
}

/** The app that the address names, or the first one. */
function chosen() {
  const name = decodeURIComponent(location.hash.replace(/^#\/?/, ""));
  return apps.find((app) => app.name === name) ?? (name === "" || name === "app" ? apps[0] : undefined);
}

/** @param {string} path */
async function read(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

function showApps() {
  const wanted = filter.value.trim().toLowerCase();
  const rows = apps.filter(({ name }) => name.includes(wanted));
  const name = chosen()?.name;
  show(byId("apps"), { rows, name }, () => [
    table(
      "Apps",
      [
        { name: "App" },
        { name: "Release", kind: "number" },
        { name: "Dynos up", kind: "number" },
        { name: "Add-ons", kind: "number" },
      ],
      rows.map((app) => ({
        cells: [
          appLink(app, app.name === name),
          app.release === null ? "" : `v${app.release}`,
          `${app.dynosUp}/${app.dynos}`,
          app.addons,
        ],
        chosen: app.name === name,
      })),
    ),
  ]);
}

/**
 * @param {import("../page-data.js").ListedApp} app
 * @param {boolean} isChosen
 */
function appLink(app, isChosen) {
  const current = isChosen ? "page" : undefined;
  const link = element("a", { href: `#/${app.name}`, "data-key": app.name, "aria-current": current }, app.name);
  return app.maintenance ? element("span", {}, link, element("span", { class: "busy" }, " maintenance")) : link;
}

/** Follows the log of the chosen app. */
function followLog() {
  const app = chosen();
  const name = app?.name ?? "";
  byId("app-title").textContent = name || (apps.length > 0 ? "No such app" : "No app yet");
  byId("log-section").hidden = name === "";
  url.hidden = name === "";
  url.href = app?.url ?? "";
  url.textContent = app?.url ?? "";
  if (name === followed) return;
  followed = name;
  log.follow(name === "" ? undefined : `/_local/apps/${name}/log`);
}

async function showApp() {
  const name = chosen()?.name;
  const data = name === undefined ? undefined : await read(`/_local/apps/${name}`);
  if (name !== chosen()?.name) return;
  show(byId("app-tables"), data, (app) =>
    app === undefined
      ? []
      : [dynoTable(app.dynos), addonTable(app.addons), releaseTable(app.releases), backupTable(app.backups)],
  );
}

async function refresh() {
  ({ apps } = await read("/_local/apps"));
  showApps();
  followLog();
  await showApp();
}

async function keepFresh() {
  // The stream of requests shows that an instance was stopped; the next turn tries again.
  if (!document.hidden) await refresh().catch(() => {});
  setTimeout(keepFresh, REFRESH_MS);
}

/** @param {import("../../http/request-log.js").LoggedRequest} request */
function requestLine({ at, method, path, status: code, milliseconds }) {
  const kind = code >= 400 || code === 0 ? "bad" : "good";
  const outcome = code === 0 ? "cut" : String(code);
  return [
    stamp(at),
    " ",
    element("span", { class: kind }, outcome),
    ` ${method} ${path} `,
    element("span", { class: "quiet" }, `${milliseconds} ms`),
  ];
}

/** @param {import("../../machines.js").LogEntry} entry */
function logLine({ time, source, dyno, message }) {
  return [stamp(time), " ", element("span", { class: "quiet" }, `${source}[${dyno}]:`), ` ${message}`];
}

/** @param {string | number} at */
function stamp(at) {
  return element("span", { class: "quiet" }, new Date(at).toLocaleTimeString());
}

filter.addEventListener("input", showApps);
addEventListener("hashchange", () => {
  showApps();
  followLog();
  void showApp().catch(() => {});
});
requests.follow("/_local/events");
void keepFresh();
