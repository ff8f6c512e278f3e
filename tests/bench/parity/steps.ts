import { type EngineStep, resourceOf } from "../../support/stack-driver";

/** What a preview says of one resource: `update Addon database` and `~plan`. */
export interface Announcement {
  step: string;
  /** Paths that change, with `+`, `-` or `~` before them, and a `!` after those that replace the resource. */
  changes: string;
}

const signs: Record<string, string> = { add: "+", delete: "-", update: "~" };

/** What a preview says of each resource that changes, by step. */
export function announcements(steps: readonly EngineStep[]): Announcement[] {
  if (steps.length === 0) return [{ step: "nothing", changes: "" }];
  return steps
    .map(({ op, urn, detailedDiff }) => ({
      step: `${op} ${resourceOf(urn)}`,
      changes: Object.entries(detailedDiff ?? {})
        .map(changeOf)
        .sort()
        .join(" "),
    }))
    .sort((one, other) => one.step.localeCompare(other.step));
}

/** `plan`, which is updated -> `~plan` */
function changeOf([path, { kind }]: [string, { kind: string }]): string {
  const [change = "", replaces] = kind.split("-");
  return `${signs[change] ?? change}${path}${replaces === undefined ? "" : "!"}`;
}
