import type { Context } from "hono";
import * as v from "valibot";
import { badRequest, invalidParams } from "./errors";

/**
 * Reads the request's JSON body with a schema. An empty body counts as `{}`. 400 if it is not a JSON object, 422 if a
 * value is missing or has the wrong type. Fields that the schema does not name are dropped.
 */
export async function readBody<S extends v.GenericSchema>(c: Context, schema: S): Promise<v.InferOutput<S>> {
  const result = v.safeParse(schema, await readObject(c));
  if (result.success) return result.output;
  throw invalidParams(describe(result.issues));
}

async function readObject(c: Context): Promise<object> {
  const text = await c.req.text();
  if (text.trim() === "") return {};
  const body = parse(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badRequest("The request body must be a JSON object.");
  }
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("The request body is not valid JSON.");
  }
}

/**
 * Names all missing values at once, in Heroku's words (https://github.com/heroku/platform-api/issues/130), or else
 * describes the first issue.
 */
function describe(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const missing = issues.filter(({ received }) => received === "undefined").map((issue) => v.getDotPath(issue) ?? "");
  if (missing.length > 0) return `Require params: ${missing.join(", ")}.`;
  const [issue] = issues;
  const path = v.getDotPath(issue) ?? "";
  // Our own checks have a complete message; valibot's only says what it expected.
  if (issue.kind === "validation") return issue.message;
  return `Invalid value for ${path}: expected ${issue.expected ?? "another type"}.`;
}

/** A field that may be left out or null; both give undefined. */
export function optional<S extends v.GenericSchema>(schema: S) {
  return v.pipe(
    v.nullish(schema),
    v.transform((value) => value ?? undefined),
  );
}

/** A boolean, for which heroku3 sends 0 and 1. */
export const flag = v.pipe(
  v.union([v.boolean(), v.literal(0), v.literal(1)]),
  v.transform((value) => Boolean(value)),
);

/** A name or id: clients send `"x"`, `{name: "x"}` or `{id: "x"}`. Gives the string. */
export const reference = v.pipe(
  v.union([v.string(), v.object({ id: v.string() }), v.object({ name: v.string() })]),
  v.transform((value) => (typeof value === "string" ? value : "id" in value ? value.id : value.name)),
);
