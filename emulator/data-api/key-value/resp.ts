/** A value of the server's protocol (RESP2): https://valkey.io/topics/protocol/ */
export type RespValue = string | number | null | RespValue[];

interface Parsed {
  value: RespValue;
  /** Whether the value is the text of an error. */
  error: boolean;
  /** Where the next reply begins. */
  end: number;
}

/** Reads the reply that begins at `start`; undefined while it is not whole. */
export function parseReply(buffer: Buffer, start: number): Parsed | undefined {
  const lineEnd = buffer.indexOf("\r\n", start);
  if (lineEnd < 0) return undefined;
  const kind = String.fromCharCode(buffer[start] ?? 0);
  const line = buffer.toString("utf8", start + 1, lineEnd);
  const next = lineEnd + 2;
  if (kind === "+" || kind === "-") return { value: line, error: kind === "-", end: next };
  if (kind === ":") return { value: Number(line), error: false, end: next };
  const length = Number(line);
  if (length < 0) return { value: null, error: false, end: next };
  if (kind === "$") {
    if (buffer.length < next + length + 2) return undefined;
    return { value: buffer.toString("utf8", next, next + length), error: false, end: next + length + 2 };
  }
  const values: RespValue[] = [];
  let end = next;
  for (let index = 0; index < length; index++) {
    const item = parseReply(buffer, end);
    if (!item) return undefined;
    values.push(item.value);
    end = item.end;
  }
  return { value: values, error: false, end };
}
