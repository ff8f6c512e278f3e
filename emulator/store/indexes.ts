import type { Records } from "./entities";

type Keys<T> = Readonly<Record<string, (record: T) => string | null>>;

/** The key functions of every collection. */
export type KeysOf = { readonly [K in keyof Records]: Keys<Records[K]> };

/**
 * The questions asked of each collection besides "by id". A key function that answers null leaves
 * the record out of that index.
 */
export const INDEXES = {
  accounts: { email: (account) => account.email.toLowerCase() },
  addonSettings: {},
  addons: { app: (addon) => addon.appId, name: (addon) => addon.name },
  apps: { name: (app) => app.name, owner: (app) => app.ownerId, team: (app) => app.teamId },
  appTransfers: { app: (transfer) => transfer.appId },
  attachments: {
    addon: (attachment) => attachment.addonId,
    app: (attachment) => attachment.appId,
    name: (attachment) => `${attachment.appId}/${attachment.name}`,
  },
  collaborators: { account: (row) => row.accountId, app: (row) => row.appId },
  configs: {},
  couplings: { app: (coupling) => coupling.appId, pipeline: (coupling) => coupling.pipelineId },
  credentials: { addon: (credential) => credential.addonId },
  domains: { app: (domain) => domain.appId, hostname: (domain) => domain.hostname },
  dynos: { app: (dyno) => dyno.appId },
  features: { owner: (feature) => feature.ownerId },
  formations: { app: (formation) => formation.appId },
  logDrains: { app: (drain) => drain.appId },
  logSessions: { app: (session) => session.appId },
  maintenanceWindows: {},
  pipelineConfigs: { pipeline: (config) => config.pipelineId },
  pipelines: { name: (pipeline) => pipeline.name },
  promotions: { pipeline: (promotion) => promotion.pipelineId },
  publicUrls: { transfer: (url) => url.transferId },
  releaseOutputs: {},
  releases: {
    app: (release) => release.appId,
    pending: (release) => (release.status === "pending" ? "pending" : null),
    version: (release) => `${release.appId}/${release.version}`,
  },
  settings: {},
  slugs: { app: (slug) => slug.appId },
  sniEndpoints: { app: (endpoint) => endpoint.appId },
  teamMembers: { account: (member) => member.accountId, team: (member) => member.teamId },
  teams: { name: (team) => team.name },
  transferSchedules: { addon: (schedule) => schedule.addonId },
  transfers: { addon: (transfer) => transfer.addonId, app: (transfer) => transfer.appId },
  webhooks: { app: (webhook) => webhook.appId },
} as const satisfies KeysOf;

/** The index names of one collection. */
export type IndexOf<K extends keyof Records> = keyof (typeof INDEXES)[K] & string;
