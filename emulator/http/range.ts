import type { Context } from "hono";
import { HerokuError } from "./errors";

type Row = Readonly<Record<string, unknown>>;

interface Range {
  readonly field: string;
  readonly from: string;
  readonly fromExclusive: boolean;
  readonly to: string;
  readonly max: number;
  readonly descending: boolean;
}

const DEFAULT_MAX = 200;
const LARGEST_MAX = 1_000;
const FORM = /^\s*(?:(\w+)\s+)?(\]?)([^;\][]*?)\.\.([^;\][]*?)\s*(?:;(.*))?$/;

/** Fields under a former name that clients still send: heroku3 asks for domains by `domain`. */
const FORMER_NAMES: Readonly<Record<string, string>> = { domain: "hostname" };

/**
 * Replies with a list in Heroku's pages: 200 for a whole list, or 206 with `Next-Range`, which the client sends back as
 * `Range`. Clients can sort by `fields`; the first one is the default.
 */
export function reply(c: Context, rows: readonly Row[], fields: readonly [string, ...string[]] = ["id"]): Response {
  const accepted = [...new Set([...fields, "id", "created_at", "updated_at"])];
  const range = parseRange(c.req.header("Range"), accepted);
  const matching = rows
    .filter((row) => isWithin(row[range.field], range))
    .sort((a, b) => compare(a[range.field], b[range.field]) * (range.descending ? -1 : 1));
  const page = matching.slice(0, range.max);
  const last = page.at(-1);
  c.header("Accept-Ranges", accepted.join(", "));
  c.header("Content-Range", `${range.field} ${text(page[0]?.[range.field])}..${text(last?.[range.field])}`);
  if (page.length === matching.length || last === undefined) return c.json(page);
  const order = range.descending ? ",order=desc" : "";
  c.header("Next-Range", `${range.field} ]${text(last[range.field])}..${range.to}; max=${range.max}${order}`);
  return c.json(page, 206);
}

function parseRange(header: string | undefined, accepted: readonly string[]): Range {
  const [first = "id"] = accepted;
  const [, name = first, bracket = "", from = "", to = "", rest = ""] = FORM.exec(header ?? "..") ?? refuse(header);
  const field = FORMER_NAMES[name] ?? name;
  if (!accepted.includes(field)) refuse(header);
  let max = DEFAULT_MAX;
  let descending = false;
  for (const option of rest.split(/[,;]/).filter((part) => part.trim() !== "")) {
    const [name, value = ""] = option.trim().split(/\s*=\s*/, 2);
    if (name === "max" && /^\d+$/.test(value)) max = Number(value);
    else if (name === "order" && (value === "asc" || value === "desc")) descending = value === "desc";
    else refuse(header);
  }
  if (max < 1 || max > LARGEST_MAX) refuse(header);
  return { field, from: from.trim(), fromExclusive: bracket !== "", to: to.trim(), max, descending };
}

function isWithin(value: unknown, range: Range): boolean {
  const forward = range.descending ? -1 : 1;
  if (range.from !== "") {
    const distance = compare(value, like(value, range.from)) * forward;
    if (distance < 0 || (distance === 0 && range.fromExclusive)) return false;
  }
  return range.to === "" || compare(value, like(value, range.to)) * forward <= 0;
}

/** The bound, converted to the type of the value that it is compared with. */
function like(value: unknown, bound: string): unknown {
  return typeof value === "number" ? Number(bound) : bound;
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [text(a), text(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function text(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}

function refuse(header: string | undefined): never {
  throw new HerokuError(416, "requested_range_not_satisfiable", `The range "${header}" is not supported.`);
}
