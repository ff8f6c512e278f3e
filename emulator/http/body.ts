import type { Context } from "hono";
import * as v from "valibot";
import { badRequest, invalidParams } from "./errors";

/**
 * The request's JSON body, checked. No body counts as `{}`. Not JSON or not an object: 400; a value of
 * the wrong type or a missing one: 422. Fields that the schema does not name are left out.
 */
export async function readBody<S extends v.GenericSchema>(c: Context, schema: S): Promise<v.InferOutput<S>> {
  const result = v.safeParse(schema, await readObject(c));
  if (result.success) return result.output;
  throw invalidParams(describe(result.issues));
}

/** The body as an object, whatever its fields. */
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

/** What is missing all at once, in Heroku's words (https://github.com/heroku/platform-api/issues/130), else the first fault. */
function describe(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const missing = issues.filter(({ received }) => received === "undefined").map((issue) => v.getDotPath(issue) ?? "");
  if (missing.length > 0) return `Require params: ${missing.join(", ")}.`;
  const [issue] = issues;
  const path = v.getDotPath(issue) ?? "";
  // An issue of a check of ours says everything itself; one of valibot's own says what it expected.
  if (issue.kind === "validation") return issue.message;
  return `Invalid value for ${path}: expected ${issue.expected ?? "another type"}.`;
}

/** A field that may be left out or null. */
export function optional<S extends v.GenericSchema>(schema: S) {
  return v.nullish(schema);
}

/** `"x"` or `{name: "x"}` or `{id: "x"}`: the API and its clients use them for one another. Gives the string. */
export const reference = v.pipe(
  v.union([v.string(), v.object({ id: v.string() }), v.object({ name: v.string() })]),
  v.transform((value) => (typeof value === "string" ? value : "id" in value ? value.id : value.name)),
);
