import { createHash } from "node:crypto";
import type { Ids } from "../../ids";
import type { CredentialUser } from "../../store/entities";

/** The name of an add-on's database, always the same, so that provisioning can be repeated. */
export function databaseName(addonId: string): string {
  return `d${createHash("sha256").update(`database ${addonId}`).digest("hex").slice(0, 13)}`;
}

/** A new user with a password in Heroku's format. */
export function newUser(ids: Ids): CredentialUser {
  return { user: `u${ids.hex(13)}`, password: `p${ids.hex(64)}`, state: "active" };
}

/** A name, quoted for SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text, quoted for SQL. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
