import { createHash } from "node:crypto";
import type { Ids } from "../../ids";
import type { CredentialUser } from "../../store/entities";

/** An add-on's database: always the same, so that a second attempt to provision finds the first one's. */
export function databaseName(addonId: string): string {
  return `d${createHash("sha256").update(`database ${addonId}`).digest("hex").slice(0, 13)}`;
}

/** A new user with a password, as Heroku words them. */
export function newUser(ids: Ids): CredentialUser {
  return { user: `u${ids.hex(13)}`, password: `p${ids.hex(64)}`, state: "active" };
}

/** A name as SQL writes it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL writes it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
