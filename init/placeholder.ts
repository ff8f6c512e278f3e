import type { SettingsVariable } from "./read-settings";

/** What lets the app start although nobody has given a variable its value yet. */
export type Placeholder = { kind: "random" } | { kind: "plain"; value: string };

/** A value of the right form, since settings often check it at once; a random text where any text will do. */
export function placeholderOf({ name, type }: Pick<SettingsVariable, "name" | "type">): Placeholder {
  if (type === "bool" || type === "boolean") return plain("False");
  if (["int", "float", "integer"].includes(type) || /_(PORT|TIMEOUT|DAYS|SECONDS)$/.test(name)) return plain("1");
  if (/DSN$/.test(name)) return plain("https://placeholder@sentry.invalid/1");
  if (/(^|_)EMAIL$|_FROM$/.test(name)) return plain("placeholder@example.com");
  if (/_(URL|URI|ENDPOINT)$/.test(name) && !/ADMIN_URL$/.test(name)) return plain("https://placeholder.invalid");
  if (/_(HOST|DOMAIN|SERVER)$/.test(name)) return plain("placeholder.invalid");
  return { kind: "random" };
}

const plain = (value: string): Placeholder => ({ kind: "plain", value });
