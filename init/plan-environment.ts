import { configVarName } from "../validation/rules";
import { bashEnvironment, entryPointParts } from "./bash-environment";
import type { Facts } from "./facts";
import { hostAliases, hostsVars } from "./host-names";
import { placeholderOf } from "./placeholder";
import { configVars } from "./plan-config-vars";
import { type DjangoIssue, djangoTodos } from "./plan-django-todos";
import type { ServicesPlan } from "./plan-services";
import { redisExports } from "./redis-exports";
import { databaseExports, type ShellExport } from "./shell-exports";
import { type Setting, setting, settings } from "./stack-file";
import { isSecretName, type Role, roleOf } from "./variable-role";

/** What the app's environment gets, and what its commands set for themselves. */
export interface EnvironmentPlan {
  settings: Setting[];
  exports: ShellExport[];
  /** What the app demands, but only the user has a value for: it gets another until then. */
  placeholders: { name: string; at: string }[];
  /** What app.json wants from whoever deploys. */
  secrets: { name: string; at: string }[];
  todos: string[];
}

export function planEnvironment(facts: Facts, services: ServicesPlan): EnvironmentPlan {
  const aliases = hostAliases(facts);
  const variables = facts.variables
    .map((variable) => ({
      ...variable,
      role: aliases.includes(variable.setting) ? ("hosts" as const) : roleOf(variable),
    }))
    .filter(({ name, role }) => ["hosts", "debug", "secretKey"].includes(role) || !facts.image.environment.has(name));
  const of = (...roles: Role[]) => variables.filter(({ role }) => roles.includes(role));
  const parts = new Set(facts.databaseParts.values());
  const bash = services.hasPostgres ? bashEnvironment(facts, entryPointParts(facts)) : [];

  const generated = [...of("secretKey"), ...(facts.appJson?.variables ?? []).filter(({ isGenerated }) => isGenerated)];
  const demanded = of("secret", "other")
    .filter(({ name, isRequired }) => isRequired && !parts.has(name) && !generated.some((one) => one.name === name))
    .map((variable) => ({ ...variable, placeholder: placeholderOf(variable) }));
  const random = demanded.filter(({ placeholder }) => placeholder.kind === "random");
  const plain = demanded.flatMap(({ name, at, placeholder }) =>
    placeholder.kind === "plain" ? [setting(name, placeholder.value, `placeholder: ${at} must have it to start.`)] : [],
  );
  const hosts = hostsVars(facts, variables);
  const known = new Set([...hosts.map(({ key }) => key), ...demanded.map(({ name }) => name)]);
  const vars = [...configVars(facts, services, of).filter(({ key }) => !known.has(key)), ...plain, ...bash];
  const secretNames = (facts.appJson?.variables ?? []).filter(
    ({ name, value, isGenerated, isRequired }) =>
      isSecretName(name) && !isGenerated && isRequired && value !== "" && !known.has(name),
  );
  return {
    settings: [
      setting("skechwime:hostsVars", settings(hosts)),
      setting("skechwime:configVars", settings(vars.filter(({ key }) => configVarName(key) === undefined))),
      setting(
        "skechwime:generatedSecrets",
        [...new Set([...generated, ...random].map(({ name }) => name))],
        generated.length === 0 ? undefined : `${generated.map(({ at }) => at).join(", ")}.`,
        random.length === 0
          ? undefined
          : `placeholder: ${listed(random)} must be there for the app to start, so random text is, for now.`,
      ),
    ],
    exports: [
      ...(services.hasPostgres && bash.length === 0 ? databaseExports(facts.databaseParts) : []),
      ...of("databaseUrl")
        .filter(() => services.hasPostgres)
        .map(({ name }) => ({ name, value: "$DATABASE_URL" })),
      ...(services.hasPostgres ? schemeExport(facts) : []),
      ...redisExports(facts, services, of("redisUrl")),
    ],
    placeholders: demanded,
    secrets: secretNames,
    todos: [
      ...vars
        .filter(({ key }) => configVarName(key) !== undefined)
        .map(
          ({ key, comments }) =>
            `${comments.join(" ").replace(/\.$/, "")} sets ${key}, which Heroku or an add-on reserves: it is left out`,
        ),
      ...requiredByAppJson(facts, [...vars.map(({ key }) => key), ...known]),
      ...of("redisPart")
        .slice(0, 1)
        .map(
          ({ name, at }) =>
            `${at} reads ${name}, but Heroku gives one REDIS_URL, with TLS: make the settings read that`,
        ),
      ...djangoTodos(facts, (issue) => hasRole(issue, variables)),
    ],
  };
}

/** SQLAlchemy takes `postgresql://`, Heroku gives `postgres://`. */
const schemeExport = ({ django, python }: Facts): ShellExport[] =>
  django === undefined && python.find("sqlalchemy", "databases", "sqlmodel", "flask-sqlalchemy")
    ? [{ name: "DATABASE_URL", value: `postgresql://$\{DATABASE_URL#*://}` }]
    : [];

export const listed = (found: readonly { name: string; at: string }[]): string =>
  found.map(({ name, at }) => `${name} (${at})`).join(", ");

const hasRole = (issue: DjangoIssue, variables: readonly { role: Role; setting: string }[]): boolean =>
  variables.some(({ role, setting: name }) => role === issue.role || name === issue.setting);

function requiredByAppJson({ appJson }: Facts, known: readonly string[]): string[] {
  return (appJson?.variables ?? []).flatMap(({ name, value, at, isRequired, isGenerated, description }) => {
    if (
      !isRequired ||
      isGenerated ||
      known.includes(name) ||
      (value !== undefined && value !== "") ||
      isSecretName(name)
    )
      return [];
    return [
      `${at} needs ${name}${description ? ` (${description.replace(/[.\s]+$/, "")})` : ""}: add it to skechwime:configVars`,
    ];
  });
}
