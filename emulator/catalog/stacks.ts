import { derivedId } from "../ids";

/** A stack: the operating system image of an app, or `container`. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly state: "public" | "deprecated";
}

const TABLE: readonly (readonly [string, Stack["state"]])[] = [
  ["container", "public"],
  ["heroku-22", "public"],
  ["heroku-24", "public"],
  ["heroku-26", "public"],
];

/** The stacks new apps may choose. */
export const STACKS: readonly Stack[] = TABLE.map(([name, state]) => ({ id: derivedId("stack", name), name, state }));

/** The stack of apps that name none. */
export const DEFAULT_STACK = "heroku-24";

/** The only stack whose apps run images of the container registry. */
export const CONTAINER_STACK = "container";

/** The stack with this name or id. */
export function findStack(nameOrId: string): Stack | undefined {
  return STACKS.find((stack) => stack.name === nameOrId || stack.id === nameOrId);
}
