import { scryptSync } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as heroku from "@pulumiverse/heroku";
import { DEFAULTS } from "../validation/defaults";
import { type HostsForm, hostNames } from "../validation/hosts";
import type { Issue } from "../validation/issue";
import * as rules from "../validation/rules";
import { assertValid, check, whenKnown } from "./support/valid-arguments";

/** Arguments of {@link ContainerApp}. */
export interface ContainerAppArgs {
  /** Name of the app, unique in all of Heroku. Changed in place, and the address changes too. */
  appName: pulumi.Input<string>;
  /** Heroku region. Changing it replaces the app and its add-ons, and their data is lost. @default "us" */
  region?: pulumi.Input<string>;
  /** Team that owns the app. Changing it replaces the app. @default a personal app */
  team?: string;
  /** Custom domains. Each needs a DNS record to the domain's `cname`. @default none */
  domains?: string[];
  /** Plain config vars. All config vars are set in one request, since each request is a release. @default none */
  configVars?: Record<string, pulumi.Input<string>>;
  /** Secret config vars: encrypted in the state and hidden in previews. @default none */
  secretConfigVars?: Record<string, pulumi.Input<string>>;
  /**
   * Config vars for the app's host names, and how each holds them; a wildcard is written as Django has it (`.example.com`).
   * Those that `configVars` sets are left alone. @default none
   */
  hostsVars?: Record<string, HostsForm>;
  /** Start new web dynos before the old ones stop. Needs standard or performance dynos. @default false */
  preboot?: boolean;
  /** Log drain URLs, kept secret as they carry credentials. Changing one replaces the drain. @default none */
  logDrains?: string[];
  /** Refuse to delete or replace the app. @default true */
  protect?: boolean;
}

/** What is wrong with plain arguments of {@link ContainerApp}. */
export function containerAppIssues(args: Partial<ContainerAppArgs>): Issue[] {
  const names = (key: "configVars" | "secretConfigVars") =>
    Object.keys(args[key] ?? {}).flatMap((name) => check(`${key}.${name}`, name, rules.configVarName));
  return [
    ...check("appName", args.appName, rules.appName),
    ...check("region", args.region, rules.region),
    ...check("team", args.team, rules.team),
    ...(args.domains ?? []).flatMap((domain, i) => check(`domains[${i}]`, domain, rules.hostname)),
    ...(args.logDrains ?? []).flatMap((drain, i) => check(`logDrains[${i}]`, drain, rules.drainUrl)),
    ...repeated("domains", args.domains),
    ...repeated("logDrains", args.logDrains),
    ...names("configVars"),
    ...names("secretConfigVars"),
    ...Object.entries(args.hostsVars ?? {}).flatMap(([name, form]) => [
      ...check(`hostsVars.${name}`, name, rules.configVarName),
      ...check(`hostsVars.${name}`, form, rules.hostsForm),
    ]),
    ...Object.keys(args.secretConfigVars ?? {}).flatMap((name) =>
      Object.hasOwn(args.configVars ?? {}, name)
        ? [{ propertyPath: `secretConfigVars.${name}`, reason: `is set by configVars.${name} too; remove one of them` }]
        : [],
    ),
  ];
}

/** Heroku takes no domain and no drain twice. Values may be secret, so only their positions are shown. */
function repeated(key: string, values: readonly string[] = []): Issue[] {
  return values.flatMap((value, i) => {
    const first = values.indexOf(value);
    return first === i ? [] : [{ propertyPath: `${key}[${i}]`, reason: `is the same as ${key}[${first}]; remove it` }];
  });
}

/**
 * A Heroku app on the container stack, with its domains, drains, features and config vars.
 *
 * ```ts
 * const app = new ContainerApp("app", { appName: "sketch-dev", configVars: { LOG_LEVEL: "info" } });
 * ```
 *
 * Creates an app, one association with all config vars, and the domains, drains and features. Each dyno finds its
 * release in `HEROKU_RELEASE_VERSION` (feature `runtime-dyno-metadata`). Changing config vars is one release and
 * restarts the dynos. An app costs nothing without dynos and add-ons.
 */
export class ContainerApp extends pulumi.ComponentResource {
  /** Id of the app (a UUID), known once it exists. */
  readonly id: pulumi.Output<string>;
  /** Name of the app. */
  readonly appName: pulumi.Output<string>;
  /** Address of the app, without a slash at its end. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: ContainerAppArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("ContainerApp", containerAppIssues(args));
    super("skechwime:components:ContainerApp", name, {}, opts);
    const child = { parent: this };

    const app = new heroku.app.App(
      name,
      {
        name: whenKnown("ContainerApp", "appName", args.appName, rules.appName),
        region: whenKnown("ContainerApp", "region", args.region ?? DEFAULTS.region, rules.region),
        stack: "container",
        organization: args.team === undefined ? undefined : { name: args.team },
      },
      { ...child, protect: args.protect ?? true },
    );
    const appId = app.id;
    // Deleted with the app: unsetting the config vars first would make a release, whose release phase fails without
    // them.
    const part = { parent: this, deletedWith: app };

    for (const domain of args.domains ?? []) {
      new heroku.domain.Domain(`${name}-${domain}`, { appId, hostname: domain }, part);
    }
    (args.logDrains ?? []).forEach((url, i) => {
      // Drains were once named by their position in the list.
      const aliases = [{ name: `${name}-drain-${i}` }];
      new heroku.drain.Drain(
        `${name}-drain-${fingerprint(url)}`,
        { appId, sensitiveUrl: pulumi.secret(url) },
        { ...part, aliases },
      );
    });
    new heroku.app.Feature(`${name}-preboot`, { appId, name: "preboot", enabled: args.preboot ?? false }, part);
    // Dynos read their release from it, starting with the next release.
    const metadata = new heroku.app.Feature(
      `${name}-dyno-metadata`,
      { appId, name: "runtime-dyno-metadata", enabled: true },
      part,
    );

    const domains = (args.domains ?? []).map((domain) => domain.replace(/^\*/, ""));
    const hosts = Object.entries(args.hostsVars ?? {}).map(([variable, form]) => {
      return [variable, app.webUrl.apply((url) => hostNames([new URL(url).hostname, ...domains], form))] as const;
    });
    new heroku.app.ConfigAssociation(
      `${name}-config`,
      {
        appId,
        vars: { ...Object.fromEntries(hosts), ...args.configVars },
        sensitiveVars: pulumi.secret(args.secretConfigVars ?? {}),
      },
      { ...part, dependsOn: metadata },
    );

    this.id = appId;
    this.appName = app.name;
    this.url = app.webUrl.apply((url) => url.replace(/\/$/, ""));
    this.registerOutputs({ id: this.id, appName: this.appName, url: this.url });
  }
}

/**
 * Names a drain without revealing its URL. Slow on purpose: names are public, and a password in the URL may be short.
 */
const fingerprint = (url: string): string => scryptSync(url, "log drain", 4).toString("hex");
