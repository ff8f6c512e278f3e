import { bashEnvironment, entryPointParts } from "./bash-environment";
import { type Facts, gunicornConfig } from "./facts";
import type { Found } from "./found";
import { listenOnPort } from "./listen-on-port";
import { isNginx, NGINX_ON_PORT, nginxReadsPort } from "./nginx";
import { exportRemark, type PlannedCommand } from "./plan-command";
import { sourceOf } from "./read-dockerfile";
import { isForDevelopment, isSimple } from "./shell";
import { type ShellExport, withExports } from "./shell-exports";
import { listen, sourcesReadPort } from "./web-listening";

/** What web runs: the image's own command where it serves on $PORT, or that command made to. */
export function planWeb(facts: Facts, exports: readonly ShellExport[], hasPostgres: boolean): PlannedCommand {
  const { image, entryPoint } = facts;
  const fromImage = image.command;
  if (isNginx(facts)) return planNginx(facts);
  if (entryPoint.kind === "is") return planProgram(facts, exports);
  const chosen = webCommand(facts);
  if (chosen === undefined) return planBase(facts);
  const listening = listen(facts, chosen.value.replace(/\s--reload\b/, ""));
  const served = onCopy(listening.line, facts, hasPostgres);
  const line = withExports(served, exports, isSimple(served));
  const isOwn = line === fromImage?.value;
  const comments = [
    isOwn
      ? `${chosen.at}: the image's own command${listening.port === "its own" ? ", which reads PORT" : ""}.`
      : `${chosen.guess ? "guess: " : ""}${chosen.at}${listening.port === "set" ? ", made to listen on $PORT" : ""}.`,
    ...(exports.length === 0 ? [] : [exportRemark(exports)]),
    ...(served === listening.line
      ? []
      : ["guess: SQLite needs a folder that the dyno may write, so it runs from a copy, for one life of the dyno."]),
  ];
  const todos = [
    ...(listening.port === "unknown"
      ? [
          `${chosen.at} runs "${chosen.value}", which was not seen to read PORT: it must listen on $PORT, on all addresses`,
        ]
      : []),
    ...(/\brunserver/.test(line)
      ? [
          `${chosen.at} runs Django's development server: put gunicorn, uvicorn or daphne in its place before anyone relies on the app`,
        ]
      : []),
    ...entryPointTodos(facts),
  ];
  return { command: isOwn ? undefined : line, comments, todos };
}

/** Images that hold a language or a system, and serve nothing by themselves. */
const PLAIN =
  /(^|\/)(python|node|bun|debian|ubuntu|alpine|golang|ruby|rust|php|openjdk|eclipse-temurin|scratch|uv|busybox)(:|@|$)/;

function planBase({ image, choice }: Facts): PlannedCommand {
  const { path } = choice.dockerfile;
  if (!PLAIN.test(image.base)) {
    return { command: undefined, comments: [`guess: the command of ${image.base}, as ${path} has no CMD.`], todos: [] };
  }
  const todo = `${path} has no CMD: write the command that serves the app into skechwime:processTypes.web.command`;
  return { command: undefined, comments: [], todos: [todo] };
}

/** The command that serves the app: what is for Heroku or production goes before what is for development. */
function webCommand(facts: Facts): (Found<string> & { guess?: boolean }) | undefined {
  const { heroku, procfile, choice, image } = facts;
  const { service } = choice;
  const composed = service?.command === undefined ? undefined : { value: service.command, at: service.at };
  const fromHeroku = heroku?.types.find(({ type, value }) => type === "web" && value !== "");
  const candidates = [
    fromHeroku,
    image.command,
    service?.use === "development" ? undefined : composed,
    procfile.find(({ type }) => type === "web"),
    guessedServer(facts),
    composed,
  ].filter((one) => one !== undefined);
  return (
    candidates.find(({ value }) => !isForDevelopment(value)) ??
    candidates.find(({ value }) => /\brunserver\b/.test(value)) ??
    candidates[0]
  );
}

/** A server that the packages hold, for the application that the settings name. */
function guessedServer({ python, django }: Facts): (Found<string> & { guess: boolean }) | undefined {
  const { wsgi, asgi } = django ?? {};
  const found = (name: string, value: string) => ({ value, at: python.find(name)?.at ?? name, guess: true });
  if (asgi !== undefined && python.has("daphne")) return found("daphne", `daphne ${asgi}`);
  if (asgi !== undefined && python.has("uvicorn") && (python.has("channels") || wsgi === undefined))
    return found("uvicorn", `uvicorn ${asgi}`);
  if (wsgi !== undefined && python.has("gunicorn")) return found("gunicorn", `gunicorn ${wsgi}`);
  if (asgi !== undefined && python.has("uvicorn")) return found("uvicorn", `uvicorn ${asgi}`);
  return undefined;
}

function planNginx(facts: Facts): PlannedCommand {
  if (nginxReadsPort(facts))
    return { command: undefined, comments: ["The image's own command; its template listens on PORT."], todos: [] };
  return {
    command: NGINX_ON_PORT,
    comments: ["guess: nginx with its own configuration, made to listen on $PORT and to write below /tmp only."],
    todos: [],
  };
}

/** An image whose ENTRYPOINT is the server: nothing of it can be changed from outside. */
function planProgram(facts: Facts, exports: readonly ShellExport[]): PlannedCommand {
  const { entryPoint, image } = facts;
  const config = `${entryPoint.script?.text ?? ""}\n${gunicornConfig(facts)}`;
  const line = `${image.entrypoint?.value ?? ""} ${image.command?.value ?? ""}`.trim();
  const port = listenOnPort(line, config).port;
  const isRight = port === "its own" || (port === "unknown" && sourcesReadPort(facts));
  const todos = [
    ...(isRight
      ? []
      : [
          `${entryPoint.at} runs "${line}", which was not seen to read PORT: it must listen on $PORT, on all addresses`,
        ]),
    ...exportTodo(exports),
  ];
  return { command: undefined, comments: [`${entryPoint.at}: the image's own entrypoint.`], todos };
}

/** Where no command can set variables first, the app has to take what Heroku gives. */
function exportTodo(exports: readonly ShellExport[]): string[] {
  const others = exports.map(({ name }) => name).filter((name) => name !== "REDIS_URL");
  if (exports.length > others.length) {
    return ["Redis on Heroku has a self-signed certificate: give its clients ssl_cert_reqs=none in the settings"];
  }
  if (others.length === 0) return [];
  return [
    `the app reads ${others.join(", ")}, but Heroku gives DATABASE_URL and REDIS_URL: make the settings read those`,
  ];
}

/** An entrypoint that wants the parts of the address runs before the command can set them. */
function entryPointTodos(facts: Facts): string[] {
  const { script } = facts.entryPoint;
  const names = [...entryPointParts(facts).values()];
  if (script === undefined || names.length === 0 || bashEnvironment(facts, entryPointParts(facts)).length > 0)
    return [];
  return [
    `${script.path} reads ${names.join(", ")}, but Heroku gives DATABASE_URL only: make it wait for that, or for nothing`,
  ];
}

/**
 * SQLite writes beside its file, where a dyno may not. What is written there is lost with each restart in any case, so the app
 * runs from a copy, migrated as it starts.
 */
function onCopy(line: string, { django, files, choice, image }: Facts, hasPostgres: boolean): string {
  const usesSqlite = django?.settingsFiles.some((path) => files.read(path).includes("django.db.backends.sqlite3"));
  const isInPlace = sourceOf(image, choice.context, files, "manage.py") === django?.manage;
  if (hasPostgres || !usesSqlite || !isInPlace || !isSimple(line)) return line;
  return `cp -r . /tmp/app && cd /tmp/app && python manage.py migrate --noinput && exec ${line}`;
}
