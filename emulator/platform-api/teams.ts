import { forbidden, invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord, TeamMemberRecord, TeamRecord, TeamRole } from "../store/entities";
import type { Core } from "./core";
import { findOrInvite } from "./people";

/** Teams and their members. */
export class Teams {
  constructor(private readonly core: Core) {}

  of(account: AccountRecord): TeamRecord[] {
    return this.members.by("account", account.id).flatMap(({ teamId }) => this.teams.get(teamId) ?? []);
  }

  roleOf(account: AccountRecord, team: TeamRecord): TeamRole | null {
    const membership = this.members.by("account", account.id).find(({ teamId }) => teamId === team.id);
    return membership?.role ?? null;
  }

  /** Creates a team with the account as its admin. */
  create(account: AccountRecord, name: string): TeamRecord {
    if (!/^[a-z][a-z0-9-]{1,28}[a-z0-9]$/.test(name)) throw invalidParams("Name is invalid");
    if (this.teams.find("name", name)) throw invalidParams(`Name ${name} is already taken`);
    return this.core.store.transaction(() => {
      const team = this.teams.put({ ...newRecord(this.core), name, type: "team" });
      const membership = { teamId: team.id, accountId: account.id, role: "admin", federated: false } as const;
      this.members.put({ ...newRecord(this.core), ...membership });
      return team;
    });
  }

  membersOf(team: TeamRecord): TeamMemberRecord[] {
    return this.members.by("team", team.id);
  }

  /** By its id, or by the account's id or e-mail address. */
  findMember(team: TeamRecord, wanted: string): TeamMemberRecord {
    const account = this.core.lookup.account(wanted);
    const row = this.membersOf(team).find(({ id, accountId }) => id === wanted || accountId === account?.id);
    if (row === undefined) throw notFound("team member");
    return row;
  }

  /** Adds a member, inviting an unknown address, or changes its role. */
  putMember(team: TeamRecord, email: string, role: TeamRole, federated = false): TeamMemberRecord {
    return this.core.store.transaction(() => {
      const account = findOrInvite(this.core, email);
      const before = this.membersOf(team).find(({ accountId }) => accountId === account.id);
      const fresh = { ...newRecord(this.core), teamId: team.id, accountId: account.id, federated };
      return this.members.put({ ...fresh, ...before, role, updatedAt: this.core.clock.timestamp() });
    });
  }

  removeMember(team: TeamRecord, member: TeamMemberRecord): void {
    const admins = this.membersOf(team).filter(({ role }) => role === "admin");
    if (member.role === "admin" && admins.length === 1) throw invalidParams("A team must have at least one admin.");
    this.members.delete(member.id);
  }

  /** The team, if the account is an admin of it. */
  requireAdmin(account: AccountRecord, idOrName: string): TeamRecord {
    const team = this.core.lookup.team(account, idOrName);
    if (this.roleOf(account, team) === "admin") return team;
    throw forbidden("You do not have access to perform this action on the team.");
  }

  private get teams() {
    return this.core.store.collection("teams");
  }

  private get members() {
    return this.core.store.collection("teamMembers");
  }
}
