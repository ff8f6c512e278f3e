import { celeryCommand } from "./celery";
import type { Facts } from "./facts";
import type { Found } from "./found";
import { isSimple } from "./shell";
import { type ShellExport, withExports } from "./shell-exports";

/** What a process type runs; no command for the image's own. */
export interface PlannedCommand {
  command: string | undefined;
  comments: string[];
  todos: string[];
}

/** A command of another type than web, declared or guessed. */
export function planCommand(
  { entryPoint }: Facts,
  { value, at, why }: Found<string> & { why?: string | undefined },
  exports: readonly ShellExport[],
): PlannedCommand {
  const command = withExports(celeryCommand(value), exports, isSimple(value));
  const comments = [why ?? `${at}.`];
  if (entryPoint.kind !== "is") return { command, comments, todos: [] };
  const todo = `${entryPoint.at} runs one program whatever the command, so "${value}" is not run: let a script end with exec "$@"`;
  return { command, comments, todos: [todo] };
}

/** What is said of the variables that a command sets first. */
export const exportRemark = (exports: readonly ShellExport[]): string =>
  `${exports.map(({ name }) => name).join(", ")}: what the app reads, made from what Heroku gives.`;
