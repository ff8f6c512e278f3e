import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams } from "../../http/errors";
import { environment, ownedNames, userVars } from "../config-vars";
import type { Platform } from "../platform";
import { findRelease } from "./releases";

const VarsBody = v.record(v.string(), v.nullable(v.string()));
const GREATEST_SIZE = 64 * 1024;

/** Routes of Heroku's resource "config var". */
export function configVarRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, releases } = platform;
  const { store } = platform.core;

  routes.get("/apps/:app/config-vars", (c) => {
    return c.json(environment(store, lookup.app(c.var.account, c.req.param("app")).id));
  });

  routes.patch("/apps/:app/config-vars", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, VarsBody);
    const before = userVars(store, app.id);
    requireAllowed(body, ownedNames(store, app.id));
    const changed = Object.entries(body).filter(([name, value]) => (before[name] ?? null) !== value);
    // Setting what is set already makes no release, nor does an empty body, which terraform sends with each app.
    if (changed.length > 0) {
      const vars = merged(before, changed);
      requireSize(vars);
      store.transaction(() => {
        store.collection("configs").put({ id: app.id, vars });
        releases.create(app, { description: describe(changed), user: c.var.account, runsReleasePhase: true });
      });
    }
    return c.json(environment(store, app.id));
  });

  routes.get("/apps/:app/releases/:release/config-vars", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return c.json(findRelease(platform, app, c.req.param("release")).configVars);
  });
  return routes;
}

function requireAllowed(vars: Readonly<Record<string, string | null>>, owned: ReadonlySet<string>): void {
  const names = Object.keys(vars);
  const conflicts = names.filter((name) => owned.has(name));
  if (conflicts.length > 0) throw invalidParams(`Cannot overwrite attachment values ${conflicts.join(", ")}.`);
  for (const name of names) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw invalidParams(
        `Config var name "${name}" is invalid: only letters, digits and underscores, not a digit first.`,
      );
    if (/^(__|HEROKU_)/.test(name)) throw invalidParams(`Config var name "${name}" is reserved.`);
  }
}

function requireSize(vars: Readonly<Record<string, string>>): void {
  const size = Object.entries(vars).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0);
  if (size > GREATEST_SIZE) throw invalidParams("Config vars are limited to 64 kB in all.");
}

function merged(before: Readonly<Record<string, string>>, changes: readonly (readonly [string, string | null])[]) {
  const vars = { ...before };
  for (const [name, value] of changes) {
    if (value === null) delete vars[name];
    else vars[name] = value;
  }
  return vars;
}

function describe(changes: readonly (readonly [string, string | null])[]): string {
  const set = changes.filter(([, value]) => value !== null).map(([name]) => name);
  const removed = changes.filter(([, value]) => value === null).map(([name]) => name);
  const parts = [
    set.length > 0 ? `set ${set.join(", ")}` : "",
    removed.length > 0 ? `remove ${removed.join(", ")}` : "",
  ].filter((part) => part !== "");
  const sentence = `${parts.join(" and ")} config vars`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
