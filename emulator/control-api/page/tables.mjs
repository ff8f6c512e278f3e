import { element } from "./elements.mjs";

const GOOD = ["up", "current", "succeeded", "provisioned", "completed"];
const BUSY = ["starting", "pending", "provisioning", "deprovisioning", "running", "idle"];

/**
 * @typedef {Node | string | number} Cell
 * @typedef {{ name: string, kind?: string }} Column `kind` is a class: `number`, `nowrap`, or `wide` for what narrow
 *   screens leave out
 */

/**
 * A table whose rows begin with their heading; without rows it says "none".
 * @param {string} caption
 * @param {Column[]} columns
 * @param {{ cells: Cell[], chosen?: boolean }[]} rows
 */
export function table(caption, columns, rows) {
  const head = columns.map(({ name, kind }) => element("th", { scope: "col", class: kind }, name));
  const body = rows.map(({ cells, chosen }) =>
    element(
      "tr",
      chosen ? { "data-chosen": "" } : {},
      ...cells.map((cell, index) => cellOf(cell, index, columns[index])),
    ),
  );
  const none = element("tr", {}, element("td", { class: "quiet", colspan: String(columns.length) }, "none"));
  const made = element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...(body.length > 0 ? body : [none])),
  );
  return element("div", { class: "table" }, made);
}

/**
 * @param {Cell} cell
 * @param {number} index
 * @param {Column | undefined} column
 */
function cellOf(cell, index, column) {
  const content = typeof cell === "number" ? String(cell) : cell;
  const attributes = { class: column?.kind };
  return index === 0 ? element("th", { ...attributes, scope: "row" }, content) : element("td", attributes, content);
}

/** @param {string} word a state in Heroku's words */
export function state(word) {
  const kind = GOOD.includes(word) ? "good" : BUSY.includes(word) ? "busy" : "bad";
  return element("span", { class: kind }, word);
}

/** @param {string | number} at */
export function time(at) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const text = isToday ? date.toLocaleTimeString() : date.toLocaleString();
  return element("time", { datetime: date.toISOString() }, text);
}

/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1_024) return `${bytes} B`;
  return bytes < 1_024 ** 2 ? `${(bytes / 1_024).toFixed(1)} kB` : `${(bytes / 1_024 ** 2).toFixed(1)} MB`;
}

/** @param {import("../page-data.js").ShownApp["dynos"]} dynos */
export function dynoTable(dynos) {
  return table(
    "Dynos",
    [
      { name: "Dyno", kind: "nowrap" },
      { name: "State", kind: "nowrap" },
      { name: "Size", kind: "nowrap" },
      { name: "Release", kind: "number" },
      { name: "Since", kind: "nowrap wide" },
      { name: "Command", kind: "wide" },
    ],
    dynos.map((dyno) => ({
      cells: [
        dyno.name,
        state(dyno.state),
        dyno.size,
        `v${dyno.release}`,
        time(dyno.since),
        element("code", {}, dyno.command),
      ],
    })),
  );
}

/** @param {import("../page-data.js").ShownApp["releases"]} releases */
export function releaseTable(releases) {
  return table(
    "Releases",
    [
      { name: "Release", kind: "nowrap" },
      { name: "Status", kind: "nowrap" },
      { name: "What" },
      { name: "Who", kind: "nowrap wide" },
      { name: "When", kind: "nowrap wide" },
    ],
    releases.map(({ version, current, status, description, user, createdAt }) => ({
      cells: [`v${version}`, state(current ? "current" : status), description, user, time(createdAt)],
      chosen: current,
    })),
  );
}

/** @param {import("../page-data.js").ShownApp["addons"]} addons */
export function addonTable(addons) {
  return table(
    "Add-ons",
    [
      { name: "Add-on" },
      { name: "Plan", kind: "wide" },
      { name: "State", kind: "nowrap" },
      { name: "Attached as", kind: "wide" },
      { name: "Now" },
    ],
    addons.map((addon) => ({
      cells: [addon.name, addon.plan, state(addon.state), addon.attachedAs.join(", "), figures(addon.figures)],
    })),
  );
}

/** @param {{ name: string, value: string }[]} all */
function figures(all) {
  const lines = all.map(({ name, value }) =>
    element("div", { class: "nowrap" }, element("span", { class: "quiet" }, `${name} `), value),
  );
  return element("div", {}, ...lines);
}

/** @param {import("../page-data.js").ShownApp["backups"]} backups */
export function backupTable(backups) {
  return table(
    "Backups, restores and copies",
    [
      { name: "No." },
      { name: "State", kind: "nowrap" },
      { name: "From", kind: "nowrap" },
      { name: "To", kind: "nowrap" },
      { name: "Size", kind: "number" },
      { name: "When", kind: "nowrap wide" },
    ],
    backups.map((backup) => ({
      cells: [
        String(backup.num),
        state(backup.state),
        backup.from,
        backup.to,
        size(backup.bytes),
        time(backup.createdAt),
      ],
    })),
  );
}
