import * as v from "valibot";
import { derivedId } from "../ids";
import { newRecord } from "../new-record";
import { environment } from "../platform-api/config-vars";
import type { Platform } from "../platform-api/platform";
import type { AccountRecord } from "../store/entities";

const Account = v.object({
  id: v.optional(v.string()),
  email: v.string(),
  name: v.optional(v.string()),
  apiKey: v.string(),
});
const Team = v.object({
  id: v.optional(v.string()),
  name: v.string(),
  type: v.optional(v.picklist(["team", "enterprise"])),
  members: v.optional(v.array(v.object({ email: v.string(), role: v.picklist(["admin", "member", "viewer"]) }))),
});
const App = v.object({
  name: v.string(),
  owner: v.string(),
  team: v.optional(v.string()),
  region: v.optional(v.string()),
  stack: v.optional(v.string()),
  configVars: v.optional(v.record(v.string(), v.string())),
  slugs: v.optional(v.array(v.object({ id: v.optional(v.string()), processTypes: v.record(v.string(), v.string()) }))),
});
const Pipeline = v.object({ id: v.optional(v.string()), name: v.string(), owner: v.optional(v.string()) });

/** What to create in an instance. Accounts are named by e-mail address, teams by name. */
export const Seed = v.object({
  accounts: v.optional(v.array(Account)),
  teams: v.optional(v.array(Team)),
  apps: v.optional(v.array(App)),
  pipelines: v.optional(v.array(Pipeline)),
});
export type SeedInput = v.InferInput<typeof Seed>;

/** The account of a new instance. Its key is not a secret: it gives access only on this machine. */
export const DEFAULT_SEED: SeedInput = {
  accounts: [{ email: "dev@localhost", name: "Developer", apiKey: "local-heroku" }],
};

/**
 * Creates what is missing, so that the same seed can be applied again. Ids that the seed leaves out are derived from
 * the names, the same in every instance.
 */
export function applySeed(platform: Platform, seed: SeedInput): void {
  const { accounts = [], teams = [], apps = [], pipelines = [] } = v.parse(Seed, seed);
  platform.core.store.transaction(() => {
    for (const account of accounts) seedAccount(platform, account);
    for (const team of teams) seedTeam(platform, team);
    for (const app of apps) seedApp(platform, app);
    for (const pipeline of pipelines) seedPipeline(platform, pipeline);
  });
}

function seedAccount({ core }: Platform, seed: v.InferOutput<typeof Account>): void {
  const accounts = core.store.collection("accounts");
  const before = accounts.find("email", seed.email.toLowerCase());
  if (before) {
    accounts.put({ ...before, apiKeys: [...new Set([...before.apiKeys, seed.apiKey])] });
    return;
  }
  accounts.put({
    ...newRecord(core, seed.id ?? derivedId("account", seed.email)),
    email: seed.email,
    name: seed.name ?? null,
    apiKeys: [seed.apiKey],
    defaultTeamId: null,
  });
}

function seedTeam(platform: Platform, seed: v.InferOutput<typeof Team>): void {
  const { core } = platform;
  const teams = core.store.collection("teams");
  const fresh = {
    ...newRecord(core, seed.id ?? derivedId("team", seed.name)),
    name: seed.name,
    type: seed.type ?? "team",
  };
  const team = teams.find("name", seed.name) ?? teams.put(fresh);
  for (const member of seed.members ?? []) {
    const account = requireAccount(platform, member.email);
    core.store.collection("teamMembers").put({
      ...newRecord(core, derivedId("team-member", team.id, account.id)),
      teamId: team.id,
      accountId: account.id,
      role: member.role,
      federated: false,
    });
  }
}

function seedApp(platform: Platform, seed: v.InferOutput<typeof App>): void {
  const { core } = platform;
  if (core.store.collection("apps").find("name", seed.name)) return;
  const account = requireAccount(platform, seed.owner);
  const teamId = seed.team === undefined ? undefined : platform.lookup.team(account, seed.team).id;
  const { name, region, stack } = seed;
  const app = platform.apps.create(account, { name, region, stack, teamId });
  if (seed.configVars) {
    core.store.collection("configs").put({ id: app.id, vars: seed.configVars });
    const names = Object.keys(environment(core.store, app.id)).join(", ");
    platform.releases.create(app, { description: `Set ${names} config vars`, user: account, runsReleasePhase: false });
  }
  for (const [position, { id, processTypes }] of (seed.slugs ?? []).entries()) {
    core.store.collection("slugs").put({
      ...newRecord(core, id ?? derivedId("slug", seed.name, String(position))),
      appId: app.id,
      processTypes,
      buildpackProvidedDescription: null,
      checksum: null,
      commit: null,
      commitDescription: null,
      size: null,
      stackName: app.buildStackName,
    });
  }
}

function seedPipeline(platform: Platform, seed: v.InferOutput<typeof Pipeline>): void {
  const pipelines = platform.core.store.collection("pipelines");
  if (pipelines.find("name", seed.name)) return;
  const owner =
    seed.owner === undefined ? null : { id: requireAccount(platform, seed.owner).id, type: "user" as const };
  pipelines.put({ ...newRecord(platform.core, seed.id ?? derivedId("pipeline", seed.name)), name: seed.name, owner });
}

function requireAccount(platform: Platform, email: string): AccountRecord {
  const account = platform.lookup.account(email);
  if (account === undefined) throw new Error(`the seed names an unknown account, got ${email}; add it to accounts`);
  return account;
}
