import type { Facts } from "./facts";
import type { ComposeService } from "./read-compose";
import { imageOf, readDockerfile } from "./read-dockerfile";
import type { DeclaredType } from "./read-heroku-yml";
import { isForDevelopment } from "./shell";

/** A process type besides web. */
export interface OtherType extends DeclaredType {
  why?: string;
}

/** Every type but web: what heroku.yml, a Procfile or compose declare, or what the packages suggest. */
export function otherTypes(facts: Facts): OtherType[] {
  const { heroku, procfile, appJson } = facts;
  const fromHeroku = (heroku?.types ?? []).filter(({ type, value }) => type !== "web" && value !== "");
  const composed = composeTypes(facts);
  const isForProduction = facts.choice.service?.use === "production";
  const procfileTypes = procfile.filter(({ type }) => type !== "web");
  const declared = [
    ...fromHeroku,
    ...typesOnWebsImage(facts),
    ...(isForProduction ? [...composed, ...procfileTypes] : [...procfileTypes, ...composed]),
  ];
  const unique = [...new Map([...declared].reverse().map((one) => [one.type, one])).values()].reverse();
  // A Procfile may keep types that nobody runs; app.json's formation says which do.
  const formation = appJson?.formation;
  const wanted = unique.filter(
    ({ type, value, at }) =>
      !isForDevelopment(value) &&
      (!at.startsWith("Procfile") || !formation?.size || formation.has(type) || type === "release"),
  );
  const known = new Set([...wanted.map(({ type }) => type), ...facts.choice.perType.keys()]);
  return [...wanted, ...guessedCelery(facts, wanted).filter(({ type }) => !known.has(type))];
}

/** Types whose Dockerfile only gives another command to web's image, which it takes by an argument: that command is enough. */
function typesOnWebsImage({ choice, files }: Facts): DeclaredType[] {
  return [...choice.perType].flatMap(([type, path]): DeclaredType[] => {
    const dockerfile = readDockerfile(files, path);
    const { base, command, runs, copies } = imageOf(dockerfile);
    const isWebs = base.startsWith("$") && runs.length === 0 && copies.length === 0;
    return isWebs && command !== undefined ? [{ type, value: command.value, at: command.at }] : [];
  });
}

/** Compose services that run the same image with another command. */
function composeTypes(facts: Facts): DeclaredType[] {
  const { choice } = facts;
  const uses = new Set(sameImage(facts).map(({ use }) => use));
  const use = (["production", "any", "development"] as const).find((one) => uses.has(one));
  return sameImage(facts)
    .filter((service) => service !== choice.service && service.use === use && service.command !== undefined)
    .flatMap((service): DeclaredType[] => {
      const command = service.command ?? "";
      const type = typeOf(service.name, command);
      return type === undefined ? [] : [{ type, value: command, at: service.at }];
    });
}

function sameImage({ services, choice }: Facts): ComposeService[] {
  const image = choice.service?.image;
  return services.filter(
    (service) =>
      service.build?.dockerfile === choice.dockerfile.path || (image !== undefined && service.image === image),
  );
}

/** The process type of a service; undefined for one that serves pages, as only web gets requests. */
function typeOf(name: string, command: string): string | undefined {
  if (/\bflower\b|\bstorybook\b|\bjupyter\b|mkdocs|sphinx|\bdocs\b/.test(`${name} ${command}`)) return undefined;
  if (/^(python3? )?(\S*\/)?manage\.py migrate\b[^;&|]*$/.test(command) || /^(\w+[-_])?migrat\w*$/.test(name))
    return "release";
  if (/\bbeat\b/.test(command) && !/\bworker\b/.test(command)) return "beat";
  if (/celery-?beat/.test(`${name} ${command}`)) return "beat";
  if (/\bworker\b|celery-?worker|rqworker|runworker|\bhuey\b|\bdramatiq\b|sidekiq|process_tasks|qcluster/.test(command))
    return /^(celery[_-]?)?worker$|^celery$/i.test(name) ? "worker" : typeName(name);
  if (/worker|queue|consumer|scheduler|clock|cron/.test(name)) return typeName(name);
  return undefined;
}

const typeName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");

function guessedCelery({ django, python }: Facts, known: readonly DeclaredType[]): OtherType[] {
  const app = django?.celery;
  if (app === undefined || !python.has("celery") || known.some(({ value }) => /\bcelery\b/.test(value))) return [];
  const { beat } = django ?? {};
  const scheduler = python.has("django-celery-beat")
    ? " --scheduler django_celery_beat.schedulers:DatabaseScheduler"
    : "";
  return [
    {
      type: "worker",
      value: `celery -A ${app.value} worker --loglevel INFO --concurrency 2`,
      at: app.at,
      why: `guess: ${app.at} makes a Celery app.`,
    },
    ...(beat === undefined
      ? []
      : [
          {
            type: "beat",
            value: `celery -A ${app.value} beat --loglevel INFO${scheduler}`,
            at: beat.at,
            why: `guess: ${beat.at} has a schedule for Celery.`,
          },
        ]),
  ];
}

/** Services that are left out although they run the app's image. */
export function leftOut(facts: Facts): string[] {
  return sameImage(facts)
    .filter(({ name, command }) => /\bflower\b/.test(`${name} ${command}`))
    .slice(0, 1)
    .map(({ at }) => `${at} runs Flower, which is left out: only web gets requests`);
}
