import { DYNO_SIZES } from "../validation/catalog";
import { scriptOf, withoutRemarks } from "./entry-point";
import type { Facts } from "./facts";
import { leftOut, otherTypes } from "./other-types";
import { type PlannedCommand, planCommand } from "./plan-command";
import type { EnvironmentPlan } from "./plan-environment";
import { planWeb } from "./plan-web";
import { sourceOf } from "./read-dockerfile";
import { type Setting, setting, settings } from "./stack-file";

/** Dyno sizes that Heroku takes in one app only without those of other tiers. */
const SMALL = ["eco", "basic"];

export function planProcessTypes(
  facts: Facts,
  environment: EnvironmentPlan,
  hasPostgres: boolean,
): { settings: Setting[]; todos: string[] } {
  const web = planWeb(facts, environment.exports, hasPostgres);
  const others = otherTypes(facts);
  const planned = others.map((other) => ({ type: other.type, ...planCommand(facts, other, environment.exports) }));
  const ownImages = [...facts.choice.perType].filter(([type]) => !others.some((one) => one.type === type));
  const sizes = sizesOf(facts);
  const release =
    hasPostgres && !planned.some(({ type }) => type === "release") ? releaseOf(facts, environment) : undefined;
  const list = [
    typeSetting("web", web, scale("web", facts, sizes), facts.choice.target),
    ...planned.map(({ type, ...command }) =>
      typeSetting(type, command, scale(type, facts, sizes), facts.choice.target),
    ),
    ...ownImages.map(([type, dockerfile]) =>
      setting(
        type,
        settings([setting("dockerfile", inContext(dockerfile, facts)), ...scale(type, facts, sizes)]),
        `${dockerfile} is named after it.`,
      ),
    ),
    ...(release?.command === undefined ? [] : [typeSetting("release", release, [], facts.choice.target)]),
  ];
  return {
    settings: [setting("skechwime:processTypes", settings(list))],
    todos: [
      ...[web, ...planned, ...(release === undefined ? [] : [release])].flatMap(({ todos }) => todos),
      ...leftOut(facts),
    ],
  };
}

function typeSetting(
  type: string,
  { command, comments }: PlannedCommand,
  scales: Setting[],
  target: string | undefined,
): Setting {
  const list = [
    ...(target === undefined ? [] : [setting("target", target)]),
    ...(command === undefined ? [] : [setting("command", command)]),
    ...(type === "release" ? [] : scales),
  ];
  return setting(type, settings(list), ...comments);
}

/** Migrations, where nothing else runs them. */
function releaseOf(facts: Facts, environment: EnvironmentPlan): PlannedCommand | undefined {
  const { django, entryPoint, image, files, choice } = facts;
  if (django?.settings === undefined) return undefined;
  const command = image.command?.value ?? "";
  const script = scriptOf(command, image, choice.context, files);
  const migrates = [command, script?.text, entryPoint.script?.text].some((text) =>
    /manage\.py["']? migrate/.test(withoutRemarks(text ?? "")),
  );
  if (migrates) return undefined;
  const at = `${choice.dockerfile.path}:1`;
  if (entryPoint.kind === "is") {
    return {
      command: undefined,
      comments: [],
      todos: [`nothing migrates the database, as ${entryPoint.at} runs one program whatever the command`],
    };
  }
  const line = `python ${managePlace(facts)} migrate --noinput`;
  return planCommand(
    facts,
    { value: line, at, why: "guess: nothing else migrates the database." },
    environment.exports,
  );
}

/** Where manage.py lies for commands, which start in the image's working folder. */
function managePlace({ django, choice, image, files }: Facts): string {
  const folder = django?.folder ?? "";
  const inside = choice.context === "" ? folder : folder.slice(choice.context.length).replace(/^\//, "");
  const places = ["manage.py", `${inside}/manage.py`, ...image.copies.map(({ to }) => `${to}/manage.py`)];
  const found = places.find((place) => sourceOf(image, choice.context, files, place) === django?.manage);
  return found ?? (inside === "" ? "manage.py" : `${inside}/manage.py`);
}

type Sizes = ReadonlyMap<string, string>;

/** Sizes that the project asks for, none of another tier than the rest. */
function sizesOf({ appJson }: Facts): Sizes {
  const known = [...(appJson?.formation ?? [])].flatMap(([type, { value }]): [string, string][] =>
    value.size !== undefined && DYNO_SIZES.includes(value.size) ? [[type, value.size]] : [],
  );
  const hasLarge = known.some(([, size]) => !SMALL.includes(size));
  return new Map([
    ...known.map(([type, size]): [string, string] => [type, hasLarge && SMALL.includes(size) ? "standard-1x" : size]),
    ["", hasLarge ? "standard-1x" : "basic"],
  ]);
}

function scale(type: string, { appJson }: Facts, sizes: Sizes): Setting[] {
  const declared = appJson?.formation.get(type);
  return [
    setting(
      "size",
      sizes.get(type) ?? sizes.get("") ?? "basic",
      declared?.value.size === undefined ? undefined : `${declared.at}.`,
    ),
    setting("quantity", declared?.value.quantity ?? 1),
  ];
}

const inContext = (path: string, { choice }: Facts): string =>
  choice.context === "" ? path : path.slice(choice.context.length + 1);
