import { relative } from "node:path";
import type { Facts } from "./facts";
import { type EnvironmentPlan, listed, planEnvironment } from "./plan-environment";
import { planHealth } from "./plan-health";
import { planProcessTypes } from "./plan-process-types";
import { planServices } from "./plan-services";
import { type Setting, setting, settings } from "./stack-file";

/** What a stack file will say, and what it cannot. */
export interface Plan {
  settings: Setting[];
  /** What only the user knows, or has to change in the project. */
  todos: string[];
}

/** Merges everything that was read. `context` is the project's folder as the stack file names it. */
export function plan(facts: Facts, context: string, stack: string): Plan {
  const services = planServices(facts);
  const environment = planEnvironment(facts, services);
  const processTypes = planProcessTypes(facts, environment, services.hasPostgres);
  const health = planHealth(facts);
  const build = planBuild(facts, context);
  return {
    settings: [
      ...build.settings,
      ...processTypes.settings,
      ...services.settings,
      ...health.settings,
      ...environment.settings,
      setting(
        "skechwime:protect",
        "false",
        "For trying out. In production leave it out: then nothing that holds data is removed.",
      ),
    ],
    todos: [
      ...secretTodos(environment, stack),
      ...processTypes.todos,
      ...build.todos,
      ...services.todos,
      ...health.todos,
      ...environment.todos,
    ],
  };
}

/** One item for all: how to set them is the same. */
function secretTodos({ placeholders, secrets }: EnvironmentPlan, stack: string): string[] {
  const set = `npm run pulumi -- config set --stack ${stack} --secret --path 'skechwime:secretConfigVars.<NAME>'`;
  return [
    ...(placeholders.length === 0
      ? []
      : [`values of ${listed(placeholders)}: they have placeholders, take those out and run ${set}`]),
    ...(secrets.length === 0 ? [] : [`values of ${listed(secrets)}: run ${set}`]),
  ];
}

function planBuild(facts: Facts, folder: string): { settings: Setting[]; todos: string[] } {
  const { choice, heroku } = facts;
  const { dockerfile } = choice;
  const context = choice.context === "" ? folder : `${folder}/${choice.context}`;
  const args = buildArguments(facts);
  const secrets = [...new Map(dockerfile.secrets.map((secret) => [secret.value, secret])).values()];
  const others = choice.others.length === 0 ? undefined : `Others, not used: ${some(choice.others)}.`;
  return {
    settings: [
      setting(
        "skechwime:build",
        settings([
          setting("context", context),
          setting("dockerfile", relative(choice.context || ".", dockerfile.path).replaceAll("\\", "/")),
          ...(args.length === 0 ? [] : [setting("args", settings(args))]),
        ]),
        choice.others.length === 0
          ? undefined
          : `${choice.why === heroku?.path ? "" : "guess: "}${dockerfile.path}, since ${choice.why}.`,
        others,
      ),
    ],
    todos: secrets
      .map(
        ({ value, at }) =>
          `${at} mounts the build secret ${value}, which no setting can give: build that part into a base image`,
      )
      .concat(argumentTodos(facts)),
  };
}

const some = (paths: readonly string[]): string =>
  paths.slice(0, 8).join(", ") + (paths.length > 8 ? ` and ${paths.length - 8} more` : "");

/** Defaults that are for development are set for production; else what heroku.yml or compose's production file says. */
function buildArguments({ choice, heroku }: Facts): Setting[] {
  const { dockerfile, service } = choice;
  const known = new Map(dockerfile.args.map(({ name, value }) => [name, value]));
  const declared = [...(heroku?.buildArgs ?? [])].map(([name, { value, at }]) => setting(name, value, `${at}.`));
  const composed =
    service?.use === "development"
      ? []
      : [...(service?.build?.args ?? [])]
          .filter(
            ([name, value]) => known.has(name) && !/(^|[/._-])(dev|tests?|local|development)([/._-]|$)/.test(value),
          )
          .map(([name, value]) => setting(name, value, `${service?.at}.`));
  const modes = dockerfile.args.flatMap(({ name, value, at }) => {
    const [, production] = /^(dev|development|local|debug)$/i.test(value)
      ? [value, /^dev$/i.test(value) ? "prod" : "production"]
      : [];
    return production === undefined
      ? []
      : [setting(name, production, `guess: ${at} is ${value} by default, which is for development.`)];
  });
  const all = new Map([...modes, ...composed, ...declared].map((one) => [one.key, one]));
  return [...all.values()].filter(({ key, value }) => known.get(key) !== value);
}

/** Arguments without default that look like addresses or keys which a front end compiles in. */
function argumentTodos({ choice, files }: Facts): string[] {
  const text = files.read(choice.dockerfile.path);
  return choice.dockerfile.args
    .filter(({ name, value }) => value === "" && /_(URL|HOST|KEY|DOMAIN)$/.test(name) && !text.includes(`${name}:-`))
    .map(({ name, at }) => `${at} takes the build argument ${name}: add it to skechwime:build.args if it is needed`);
}
