import * as v from "valibot";

const Fault = v.object({ error: v.string() });

/** Reads the engine's report on a build, pull or push to its end; rejects with the fault it tells of. */
export async function completion(report: AsyncIterable<Buffer | string>): Promise<void> {
  let text = "";
  for await (const chunk of report) text += chunk.toString();
  for (const line of text.split("\n")) {
    const fault = line.trim() === "" ? undefined : v.safeParse(Fault, JSON.parse(line));
    if (fault?.success) throw new Error(fault.output.error);
  }
}
