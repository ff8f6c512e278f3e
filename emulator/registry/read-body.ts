import type { IncomingMessage } from "node:http";
import { RegistryError } from "./registry-error";

/** Docker Distribution's own limit for a manifest. */
const LARGEST_MANIFEST = 4 * 1024 * 1024;

/** The body of a pushed manifest. */
export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > LARGEST_MANIFEST) throw new RegistryError(413, "MANIFEST_INVALID", "manifest too large");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
