import { posix } from "node:path";
import type { ProjectFiles } from "./project-files";
import type { ComposeService } from "./read-compose";
import { type Dockerfile, imageOf, join, readDockerfile } from "./read-dockerfile";
import type { HerokuYml } from "./read-heroku-yml";
import { Refusal } from "./refusal";
import { isForDevelopment } from "./shell";

/** The Dockerfile that makes the app's image, and why it was chosen. */
export interface Choice {
  dockerfile: Dockerfile;
  /** Folder of the build context, from the project's folder. */
  context: string;
  target: string | undefined;
  why: string;
  /** The compose service that is built from it. */
  service: ComposeService | undefined;
  /** Dockerfiles of process types, as `Dockerfile.worker`. */
  perType: Map<string, string>;
  others: string[];
}

const NAME = /(^|\/)((docker|container)file|(docker|container)file[.-][\w.-]+|[\w.-]+\.dockerfile)$/i;
const ELSEWHERE =
  /(^|\/)(\.[^/]+|tests?|testing|examples?|docs?|documentation|demo|fixtures|samples?|extras?|tools|scripts|contrib|misc|hack)\//i;
const DEVELOPMENT =
  /(^|[/._-])(dev|devel|development|local|tests?|testing|ci|debug|devcontainer|builder|base)([/._-]|$)/i;
const DEVELOPMENT_STAGE = /(^|[_-])(dev|devel|development|local|tests?|testing|ci|debug|devcontainer)([_-]|$)/i;
const PRODUCTION = /(^|[/._-])(prod|production|release|heroku)([/._-]|$)/i;
const APP = /^(web|app|django|server|backend|api|site)$/i;
/** Images that serve others, or hold data. */
const SUPPORTING =
  /(^|\/)(nginx|caddy|traefik|haproxy|httpd|postgres|postgis|redis|mysql|mariadb|rabbitmq|node|oven\/bun)(:|@|$)/i;

export function chooseDockerfile(
  files: ProjectFiles,
  heroku: HerokuYml | undefined,
  services: ComposeService[],
): Choice {
  const dockerfiles = files.paths
    .filter((path) => NAME.test(path) && !path.endsWith(".dockerignore"))
    .map((path) => readDockerfile(files, path))
    .filter(({ stages }) => stages.length > 0);
  const ranked = dockerfiles
    .map((dockerfile) => ({ dockerfile, ...score(files, dockerfile, heroku, services) }))
    .sort((a, b) => b.score - a.score || a.dockerfile.path.length - b.dockerfile.path.length);
  const [best, ...rest] = ranked;
  if (best === undefined) throw noDockerfile(files);
  const { dockerfile, why } = best;
  const service = serviceOf(dockerfile, services);
  const declared = heroku?.dockerfiles.find(({ path }) => path === dockerfile.path);
  return {
    dockerfile,
    // Heroku takes the Dockerfile's own folder, whatever it copies.
    context: declared === undefined ? contextOf(files, dockerfile, service) : join("", posix.dirname(dockerfile.path)),
    target: declared?.target ?? targetOf(dockerfile, service),
    why: declared === undefined ? why : declared.at,
    service,
    perType: typesOf(dockerfile, dockerfiles, heroku),
    others: rest.map((other) => other.dockerfile.path),
  };
}

function score(files: ProjectFiles, dockerfile: Dockerfile, heroku: HerokuYml | undefined, services: ComposeService[]) {
  const { path } = dockerfile;
  const reasons: [number, string][] = [];
  const service = serviceOf(dockerfile, services);
  const image = imageOf(dockerfile);
  const folder = path.split("/").slice(0, -1).join("/");
  const name = path.split("/").at(-1) ?? "";
  if (heroku?.dockerfiles.some((one) => one.type === "web" && one.path === path))
    reasons.push([1000, "heroku.yml builds web from it"]);
  if (service?.use === "production") reasons.push([40, `${service.at} builds ${service.name} from it`]);
  if (service?.use === "any") reasons.push([20, `${service.at} builds ${service.name} from it`]);
  if (service !== undefined && APP.test(service.name))
    reasons.push([10, `${service.at} builds ${service.name} from it`]);
  if (/^Dockerfile\.web$/.test(name)) reasons.push([30, "its name says that it makes web's image"]);
  if (PRODUCTION.test(path)) reasons.push([25, "its name says that it is for production"]);
  if (/^dockerfile$/i.test(name)) reasons.push([10, "its name is the usual one"]);
  if (/manage\.py/.test(files.paths.find((file) => file === join(folder, "manage.py")) ?? ""))
    reasons.push([10, "manage.py lies beside it"]);
  if (/python|django|uv:/i.test(image.base)) reasons.push([10, `it is built from ${image.base}`]);
  if (SUPPORTING.test(image.base)) reasons.push([-30, ""]);
  if (DEVELOPMENT.test(path)) reasons.push([-60, ""]);
  if (ELSEWHERE.test(path)) reasons.push([-80, ""]);
  if (image.command !== undefined && isForDevelopment(image.command.value)) reasons.push([-5, ""]);
  const [first] = [...reasons].sort((a, b) => b[0] - a[0]);
  const depth = path.split("/").length - 1;
  return { score: reasons.reduce((sum, [points]) => sum + points, -3 * depth), why: first?.[1] || "the only one" };
}

/** The service that is built from a Dockerfile: for production before others, the app before its helpers. */
function serviceOf({ path }: Dockerfile, services: readonly ComposeService[]): ComposeService | undefined {
  const uses = ["production", "any", "development"];
  const rank = ({ use, name, ports }: ComposeService) =>
    uses.indexOf(use) * 10 - (APP.test(name) ? 5 : 0) - (ports.length > 0 ? 2 : 0);
  return services.filter(({ build }) => build?.dockerfile === path).sort((a, b) => rank(a) - rank(b))[0];
}

/** A file that lies at the top of a program. */
const TOP = ["manage.py", "package.json", "pyproject.toml", "requirements.txt", "Pipfile", "go.mod", "Gemfile"];

/** The folder in which most of what the Dockerfile copies is found, and of several the one that a program begins in. */
function contextOf(files: ProjectFiles, { path, sources }: Dockerfile, service: ComposeService | undefined): string {
  if (service?.build !== undefined) return service.build.context;
  const parts = path.split("/").slice(0, -1);
  const candidates = parts.map((_, index) => parts.slice(0, parts.length - index).join("/")).concat("");
  const found = (context: string) => {
    const copied = sources.filter((source) => /[*?]/.test(source) || files.hasFileOrFolder(join(context, source)));
    return copied.length + (TOP.some((name) => files.has(join(context, name))) ? 0.5 : 0);
  };
  return [...candidates].sort((a, b) => found(b) - found(a))[0] ?? "";
}

/** The stage that compose builds for production; the last one unless it is for development, or runs nothing. */
function targetOf(dockerfile: Dockerfile, service: ComposeService | undefined): string | undefined {
  const names = dockerfile.stages.flatMap(({ name }) => name ?? []);
  const composed = service?.build?.target;
  if (composed !== undefined && service?.use !== "development" && !DEVELOPMENT_STAGE.test(composed)) return composed;
  const runs = (target?: string) => {
    const { command, entrypoint } = imageOf(dockerfile, target);
    return command !== undefined || entrypoint !== undefined;
  };
  const production = names.filter((name) => PRODUCTION.test(name) && !DEVELOPMENT_STAGE.test(name)).find(runs);
  const last = dockerfile.stages.at(-1)?.name;
  if (last === undefined || !DEVELOPMENT_STAGE.test(last))
    return runs() || production === last ? undefined : production;
  const others = names.filter((name) => !DEVELOPMENT_STAGE.test(name));
  return production ?? others.filter((name) => !/build/i.test(name)).at(-1) ?? others.filter(runs).at(-1);
}

/** Heroku's two ways to give a type an image of its own: heroku.yml, and a Dockerfile with the type's name. */
function typesOf(chosen: Dockerfile, all: readonly Dockerfile[], heroku: HerokuYml | undefined): Map<string, string> {
  const declared = (heroku?.dockerfiles ?? []).map(({ type, path }): [string, string] => [type, path]);
  const siblings = all.flatMap(({ path }): [string, string][] => {
    const [, folder = "", type] = /^(.*\/)?Dockerfile\.(worker|beat|clock|release|scheduler)$/.exec(path) ?? [];
    return type !== undefined && chosen.path.startsWith(folder) ? [[type, path]] : [];
  });
  return new Map([...siblings, ...declared].filter(([, path]) => path !== chosen.path));
}

function noDockerfile(files: ProjectFiles): Refusal {
  const buildpacks = files.has("Procfile") ? " (its Procfile is for buildpacks, which are not built here)" : "";
  return new Refusal(
    `${files.folder} has no Dockerfile${buildpacks}; write one whose command listens on $PORT, see docs/deploy-your-own-app.md, ` +
      "and run this again",
  );
}
