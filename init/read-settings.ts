import { placeOf } from "./found";
import type { ProjectFiles } from "./project-files";
import { callsOf, literal, statementOf, withoutComments } from "./python-source";

/** A variable of the environment that settings read. */
export interface SettingsVariable {
  name: string;
  at: string;
  /** Whether the settings fail without it. */
  isRequired: boolean;
  /** Its default, as written in the source. */
  fallback: string | undefined;
  /** Name that the settings give it: `SECRET_KEY`. */
  setting: string;
  /** Type that it is read as: `bool`, `int`, `list`. */
  type: string;
  /** The line that reads it, for how it is taken apart. */
  line: string;
}

const READERS = /(^|\.)(getenv|environ\.get|config|\w*env\w*(\.\w+)?|get_secret|read_secret)$/i;
/** Those that fail where a variable without default is missing; what a project's own helpers do is not known. */
const STRICT = /^(env(\.\w+)?|(decouple\.)?config|(get_)?env_?(variable|var|value)|\w*require\w*)$/i;
const NOT_READERS =
  /(^|\.)(read_env|setenv|putenv|load_dotenv|find_dotenv|dj_database_url\.config|Env|FileAwareEnv|setdefault)$/;

/** The variables of the environment that Python files read, each once: what demands it goes before what does not. */
export function readSettingsVariables(files: ProjectFiles, paths: readonly string[]): SettingsVariable[] {
  const found = new Map<string, SettingsVariable>();
  for (const variable of paths.flatMap((path) => variablesOf(path, files.read(path)))) {
    const known = found.get(variable.name);
    if (known === undefined) found.set(variable.name, variable);
    else if (!known.isRequired && variable.isRequired) found.set(variable.name, { ...variable, isRequired: false });
  }
  return [...found.values()];
}

function variablesOf(path: string, text: string): SettingsVariable[] {
  const source = withoutComments(text);
  const scheme = schemeOf(source);
  const guarded = new Set([...source.matchAll(/["'](\w+)["'] (?:not )?in os\.environ/g)].map(([, name]) => name));
  const read = (name: string, offset: number, rest: Partial<SettingsVariable>): SettingsVariable => {
    const { text: line, isConditional } = statementOf(source, offset);
    return {
      name,
      at: placeOf(path, text, offset),
      isRequired: !isConditional && !guarded.has(name) && !scheme.has(name) && rest.fallback === undefined,
      fallback: rest.fallback ?? scheme.get(name),
      setting: /^\s*(?:if )?(\w+)\s*:?=/.exec(line)?.[1] ?? "",
      type: rest.type ?? "str",
      line,
    };
  };
  const subscripts = [...source.matchAll(/(?:environ|\benv)\[\s*["']([A-Z]\w*)["']\s*\](?!\s*=[^=])/g)];
  return [
    ...subscripts.map((match) => read(match[1] ?? "", match.index, {})),
    ...callsOf(source, READERS).flatMap(({ name: call, args, offset }) => {
      const name = literal(args[0]);
      if (name === undefined || !/^[A-Z][A-Z0-9_]*$/.test(name) || NOT_READERS.test(call)) return [];
      const type = /\.(\w+)$/.exec(call)?.[1] ?? /cast=(\w+)/.exec(args.join(","))?.[1];
      const fallback = fallbackOf(args.slice(1)) ?? (STRICT.test(call) ? undefined : "None");
      return [read(name, offset, { fallback, type: type?.toLowerCase() ?? "str" })];
    }),
  ];
}

/** The default among the further arguments: `default=…`, or a second one without a name. */
function fallbackOf(args: readonly string[]): string | undefined {
  const named = args.find((arg) => /^default\s*=/.test(arg));
  return named?.replace(/^default\s*=\s*/, "") ?? args.find((arg) => !/^\w+\s*=[^=]/.test(arg) && !arg.startsWith("*"));
}

/** Defaults that `environ.Env(NAME=(type, default))` declares. */
function schemeOf(source: string): Map<string, string> {
  const found = callsOf(source, /(^|\.)(Env|FileAwareEnv)$/).flatMap(({ args }) =>
    args.flatMap((arg): [string, string][] => {
      const [, name, fallback] = /^([A-Z]\w*)\s*=\s*\(\s*[\w.]+\s*,\s*([\s\S]*)\)$/.exec(arg) ?? [];
      return name === undefined || fallback === undefined ? [] : [[name, fallback.trim()]];
    }),
  );
  return new Map(found);
}

/**
 * The parts of a database's address that settings read from variables of their own: part to name. Empty unless they make an
 * address.
 */
export function databaseParts(files: ProjectFiles, paths: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const sources = paths.map((path) => withoutComments(files.read(path)));
  // Settings that take a whole address too prefer it.
  if (sources.some((source) => /["']DATABASE_URL["']|dj_database_url|\benv\.(dj_)?db(_url)?\(/.test(source)))
    return found;
  const names = new Map(readSettingsVariables(files, paths).map(({ setting, name }) => [setting, name]));
  for (const source of sources) {
    for (const { index } of source.matchAll(/\bDATABASES\b|["']ENGINE["']/g)) {
      const part =
        /["'](NAME|USER|PASSWORD|HOST|PORT|ENGINE)["']\s*:\s*(?:[^,{}]*?["']([A-Z][A-Z0-9_]+)["']|(\w+)\s*[,}])/g;
      for (const [, name = "", read, setting = ""] of source.slice(index, index + 1_500).matchAll(part)) {
        const variable = read ?? names.get(setting);
        if (variable !== undefined && !found.has(name)) found.set(name, variable);
      }
    }
  }
  return found.has("HOST") ? found : new Map();
}
