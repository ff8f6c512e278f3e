import * as v from "valibot";

const Event = v.object({ error: v.optional(v.string()), stream: v.optional(v.string()) });

/**
 * Reads the engine's report on a build, pull or push to its end, and hands over what a build prints; rejects with the fault
 * that the report tells of.
 */
export async function completion(
  report: AsyncIterable<Buffer | string>,
  printed: (text: string) => void = () => {},
): Promise<void> {
  let rest = "";
  const take = (line: string) => {
    const event = line.trim() === "" ? undefined : v.safeParse(Event, JSON.parse(line));
    if (!event?.success) return;
    if (event.output.error !== undefined) throw new Error(event.output.error);
    if (event.output.stream !== undefined) printed(event.output.stream);
  };
  for await (const chunk of report) {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
  take(rest);
}
