import { entity, type Timed } from "./entity";

/** A Heroku account. Each of its API keys gives access to everything in it. */
export interface AccountRecord extends Timed {
  readonly email: string;
  readonly name: string | null;
  readonly apiKeys: readonly string[];
  readonly defaultTeamId: string | null;
}

export const accounts = entity<AccountRecord>()({ email: (account) => account.email.toLowerCase() }, {});

/** A Heroku team (the schema's older name is organization). */
export interface TeamRecord extends Timed {
  readonly name: string;
  readonly type: "team" | "enterprise";
}

export const teams = entity<TeamRecord>()({ name: (team) => team.name }, {});

/** The roles a team member may have. */
export type TeamRole = "admin" | "member" | "viewer" | "collaborator" | "owner";

/** An account's membership of a team. */
export interface TeamMemberRecord extends Timed {
  readonly teamId: string;
  readonly accountId: string;
  readonly role: TeamRole;
  readonly federated: boolean;
}

export const teamMembers = entity<TeamMemberRecord>()(
  { account: (member) => member.accountId, team: (member) => member.teamId },
  { teams: "team" },
);

/** An account's access to an app that another account or a team owns. */
export interface CollaboratorRecord extends Timed {
  readonly appId: string;
  readonly accountId: string;
  readonly permissions: readonly string[];
}

export const collaborators = entity<CollaboratorRecord>()(
  { account: (collaborator) => collaborator.accountId, app: (collaborator) => collaborator.appId },
  { apps: "app" },
);

/** A feature of an app or an account. Only those that were changed are stored; the others are disabled. */
export interface FeatureRecord extends Timed {
  /** Id of the app or of the account. */
  readonly ownerId: string;
  readonly name: string;
  readonly enabled: boolean;
}

export const features = entity<FeatureRecord>()(
  { owner: (feature) => feature.ownerId },
  { accounts: "owner", apps: "owner" },
);

/** A token of an account, which its client may use like an API key. */
export interface AuthorizationRecord extends Timed {
  readonly accountId: string;
  readonly token: string;
  readonly scope: readonly string[];
  readonly description: string;
  /** The OAuth client that it is for. */
  readonly clientId: string | null;
  readonly expiresAt: string | null;
}

export const authorizations = entity<AuthorizationRecord>()(
  { account: (authorization) => authorization.accountId },
  { accounts: "account" },
);

/** A program that accounts can authorize. */
export interface OauthClientRecord extends Timed {
  readonly accountId: string;
  readonly name: string;
  readonly redirectUri: string;
  readonly secret: string;
}

export const oauthClients = entity<OauthClientRecord>()(
  { account: (client) => client.accountId },
  { accounts: "account" },
);

/** A public SSH key of an account. */
export interface KeyRecord extends Timed {
  readonly accountId: string;
  readonly publicKey: string;
  readonly comment: string;
  readonly fingerprint: string;
}

export const keys = entity<KeyRecord>()({ account: (key) => key.accountId }, { accounts: "account" });

/** An app that its owner offers to another account. */
export interface AppTransferRecord extends Timed {
  readonly appId: string;
  readonly ownerId: string;
  readonly recipientId: string;
  readonly state: "pending" | "accepted" | "declined";
}

export const appTransfers = entity<AppTransferRecord>()({ app: (transfer) => transfer.appId }, { apps: "app" });
