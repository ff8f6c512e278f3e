import * as pulumi from "@pulumi/pulumi";
import * as heroku from "@pulumiverse/heroku";
import * as native from "@skechwime/heroku-native";
import { DEFAULTS } from "../validation/defaults";
import type { Issue } from "../validation/issue";
import { postgresPlan, postgresVersion } from "../validation/rules";
import { withService } from "./support/plan-name";
import { assertValid, check, whenKnown } from "./support/valid-arguments";

/** Settings of the database server, not offered on Essential plans. Those left out stay unchanged. */
export type PostgresServerSettings = Omit<native.PostgresSettingsArgs, "database">;

/** Arguments of {@link Postgres}. */
export interface PostgresArgs {
  /** Id of the app to attach to. Changing it replaces the database, and its data is lost. */
  app: pulumi.Input<string>;
  /**
   * Heroku Postgres plan, e.g. "standard-0". Changed in place where Heroku allows it, which is not the case between
   * most plans: docs/operations.md shows how to change it with a follower.
   * @default "essential-0"
   */
  plan?: pulumi.Input<string>;
  /**
   * Major version of PostgreSQL to create, e.g. "17". Changing it replaces the database, and its data is lost.
   * @default Heroku's newest
   */
  version?: pulumi.Input<string>;
  /** Server settings, on Standard plans and above. @default Heroku's own */
  settings?: PostgresServerSettings;
  /** Refuse to delete or replace the database. @default true */
  protect?: boolean;
}

/** What is wrong with plain arguments of {@link Postgres}. */
export function postgresIssues(args: Partial<PostgresArgs>): Issue[] {
  const { plan, version, settings } = args;
  const issues = [...check("plan", plan, postgresPlan), ...check("version", version, postgresVersion)];
  if (settings !== undefined && typeof plan === "string" && /(^|:)essential-/.test(plan)) {
    const reason = `are not offered on ${plan}; choose a standard plan or above, or remove them`;
    issues.push({ propertyPath: "settings", reason });
  }
  return issues;
}

/**
 * Heroku Postgres, attached to an app as DATABASE_URL.
 *
 * ```ts
 * const database = new Postgres("database", { app: app.id, plan: "standard-0" });
 * ```
 *
 * Creates one add-on `heroku-postgresql`, and its server settings if given. Heroku takes up to about five minutes to
 * provision it. Pass each data component its own provider instance: one instance creates add-ons one after another.
 *
 * Costs (USD a month, August 2026): essential-0 5, essential-1 9, essential-2 20, standard-0 50, premium-0 200.
 *
 * The connection URL is not an output: Heroku may change it at any time, and dynos read it from DATABASE_URL.
 */
export class Postgres extends pulumi.ComponentResource {
  /** Id of the add-on (a UUID). */
  readonly id: pulumi.Output<string>;
  /** Name of the add-on, e.g. `postgresql-round-12345`. */
  readonly addonName: pulumi.Output<string>;
  /** Plan with its service, e.g. `heroku-postgresql:essential-0`. */
  readonly plan: pulumi.Output<string>;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("Postgres", postgresIssues(args));
    super("skechwime:components:Postgres", name, {}, opts);
    const child = { parent: this };
    const { plan = DEFAULTS.postgresPlan, version } = args;

    const addon = new heroku.addon.Addon(
      name,
      {
        appId: args.app,
        plan: withService("heroku-postgresql", whenKnown("Postgres", "plan", plan, postgresPlan)),
        config:
          version === undefined ? undefined : { version: whenKnown("Postgres", "version", version, postgresVersion) },
      },
      { ...child, protect: args.protect ?? true },
    );
    if (args.settings !== undefined) {
      new native.PostgresSettings(`${name}-settings`, { database: addon.id, ...args.settings }, child);
    }

    this.id = addon.id;
    this.addonName = addon.name;
    this.plan = addon.plan;
    this.registerOutputs({ id: this.id, addonName: this.addonName, plan: this.plan });
  }
}
