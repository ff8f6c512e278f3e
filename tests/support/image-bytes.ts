import Docker from "dockerode";

/** Which of these texts occur in an image: in any layer's files, in its history, build arguments, environment or labels. */
export async function textsInImage(reference: string, texts: readonly string[]): Promise<string[]> {
  const needles = texts.map((text) => Buffer.from(text));
  const longest = Math.max(...needles.map(({ length }) => length));
  const found = new Set<string>();
  let rest = Buffer.alloc(0);
  for await (const chunk of await new Docker().getImage(reference).get()) {
    // A text may lie across two chunks.
    const seen = Buffer.concat([rest, Buffer.from(chunk)]);
    for (const needle of needles) if (seen.includes(needle)) found.add(needle.toString());
    rest = seen.subarray(-longest);
  }
  return [...found];
}
