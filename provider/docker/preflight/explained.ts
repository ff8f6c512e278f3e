import { hintFor } from "./hints";
import type { Trial } from "./trial";

/** An issue with what is recognised as its cause, and the last lines that the process printed. */
export async function explained(trial: Trial, issue: string, more: readonly string[] = []): Promise<string> {
  const output = await trial.lastLines();
  const script = /exec:? "?(\/[^\s":]+)"?: no such file/.exec([...output, ...more].join("\n"))?.[1];
  const head = script === undefined ? undefined : (await trial.file(script))?.split("\n", 1)[0];
  const hint = hintFor({ output: [...output, ...more], scriptHead: head });
  return [issue + (hint === undefined ? "" : `\n  (${hint})`), ...output.map((line) => `    ${line}`)].join("\n");
}
