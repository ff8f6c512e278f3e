import type { EngineStep } from "../../support/stack-driver";
import { withoutChance } from "./chance";
import { differingPaths, type Leaves, leavesOf } from "./leaves";
import type { CommandFigures, Life } from "./life";

/** Something that is not the same with both sets of providers. */
export interface Difference {
  /** `state: heroku:app/app:App::app: outputs.webUrl` */
  where: string;
  official: string;
  standIns: string;
}

const ABSENT = "nothing";

/** Everything in which two lives of a stack differ, apart from chance. */
export function compare(official: Life, standIns: Life): Difference[] {
  const texts = { official: withoutChance(official.resources), standIns: withoutChance(standIns.resources) };
  return [
    ...differences("state", stateLeaves(official, texts.official), stateLeaves(standIns, texts.standIns)),
    ...[...official.previews].flatMap(([change, steps]) =>
      differences(
        `preview of ${change}`,
        stepLeaves(steps, texts.official),
        stepLeaves(standIns.previews.get(change) ?? [], texts.standIns),
      ),
    ),
    ...[...official.commands].flatMap(([command, figures]) =>
      requestDifferences(command, figures, standIns.commands.get(command)),
    ),
  ];
}

function stateLeaves({ resources }: Life, text: (value: string) => string): Map<string, Leaves> {
  const values = resources.map(({ created, modified, ...rest }) => rest);
  return leavesByResource(values, text);
}

function stepLeaves(steps: readonly EngineStep[], text: (value: string) => string): Map<string, Leaves> {
  const values = steps.map(({ oldState, newState, ...rest }) => {
    const { created, modified, ...foreseen } = newState ?? {};
    return { ...rest, newState: foreseen };
  });
  return leavesByResource(values, text);
}

function leavesByResource(values: readonly { urn: string }[], text: (value: string) => string): Map<string, Leaves> {
  return new Map(values.map((value) => [typeAndName(value.urn), leavesOf(value, text)]));
}

/** `urn:pulumi:…$heroku:addon/addon:Addon::database` -> `heroku:addon/addon:Addon::database` */
const typeAndName = (urn: string) => urn.split("::").slice(2).join("::").split("$").at(-1) ?? urn;

function differences(
  where: string,
  official: ReadonlyMap<string, Leaves>,
  standIns: ReadonlyMap<string, Leaves>,
): Difference[] {
  const resources = [...new Set([...official.keys(), ...standIns.keys()])].sort();
  return resources.flatMap((resource) => {
    const [one, other] = [official.get(resource), standIns.get(resource)];
    if (one === undefined || other === undefined) {
      const presence = (leaves: Leaves | undefined) => (leaves === undefined ? ABSENT : "there");
      return [{ where: `${where}: ${resource}`, official: presence(one), standIns: presence(other) }];
    }
    return differingPaths(one, other).map((path) => ({
      where: `${where}: ${resource}: ${path}`,
      official: shown(path, one.get(path)),
      standIns: shown(path, other.get(path)),
    }));
  });
}

function shown(path: string, value: string | undefined): string {
  if (value === undefined) return ABSENT;
  return path.includes("(secret)") ? "a secret" : value;
}

/** What is read again while something is waited for: how often depends on how long it takes. */
const WAITS = /^GET .*(\/addons\/:id|\/releases(\/:id)?|\/dynos|\/formation|\/wait|\/wait_status)$/;

function requestDifferences(command: string, official: CommandFigures, standIns?: CommandFigures): Difference[] {
  const requests = [...new Set([...official.requests.keys(), ...(standIns?.requests.keys() ?? [])])].sort();
  const counted = requests.flatMap((request) => {
    const [one, other] = [official, standIns].map((figures) => figures?.requests.get(request) ?? 0);
    const isSame = WAITS.test(request) ? (one === 0) === (other === 0) : one === other;
    return isSame ? [] : [{ where: `${command}: ${request}`, official: `${one} times`, standIns: `${other} times` }];
  });
  if (official.releases === standIns?.releases) return counted;
  const releases = { official: `${official.releases}`, standIns: `${standIns?.releases ?? 0}` };
  return [...counted, { where: `${command}: releases`, ...releases }];
}
