import type { Facts } from "./facts";
import type { SettingsVariable } from "./read-settings";
import { type Setting, setting } from "./stack-file";
import { listForm, type Role } from "./variable-role";

/** The variables that get the app's host names, each in the form that the settings take apart. */
export function hostsVars({ files }: Facts, variables: readonly (SettingsVariable & { role: Role })[]): Setting[] {
  const of = (...roles: Role[]) => variables.filter(({ role }) => roles.includes(role));
  const lines = ({ at }: SettingsVariable) => {
    const [path = "", line = "1"] = at.split(":");
    return files
      .read(path)
      .split("\n")
      .slice(Number(line) - 1, Number(line) + 3)
      .join("\n");
  };
  return [
    ...of("hosts").map((variable) => setting(variable.name, listForm(variable, lines(variable)), `${variable.at}.`)),
    ...of("origins").map((variable) => {
      const form = listForm(variable, lines(variable));
      const remark = form === "comma" ? undefined : "guess: origins are written with commas between them.";
      return setting(variable.name, "origins", `${variable.at}.`, remark);
    }),
    ...of("siteUrl", "siteHost").map(({ name, at, role }) =>
      setting(name, role === "siteUrl" ? "origins" : "comma", `guess: ${at} wants the app's own address.`),
    ),
  ];
}

/** Names that the settings put into ALLOWED_HOSTS: `ALLOWED_HOSTS = DOMAINS`. */
export function hostAliases({ files, django }: Pick<Facts, "files" | "django">): string[] {
  const text = (django?.settingsFiles ?? []).map((path) => files.read(path)).join("\n");
  return [...text.matchAll(/^\s*ALLOWED_HOSTS\s*\+?=\s*(\w+)\s*$/gm)].map(([, name = ""]) => name);
}
