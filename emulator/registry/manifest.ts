import * as v from "valibot";
import { RegistryError } from "./registry-error";

/** The only kind of manifest that Heroku's registry accepts. */
export const MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json";

const DIGEST = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/));
const Descriptor = v.object({ digest: DIGEST, size: v.number() });
const Manifest = v.object({
  schemaVersion: v.literal(2),
  mediaType: v.literal(MANIFEST_TYPE),
  config: Descriptor,
  layers: v.array(Descriptor),
});

/** A Docker image manifest, version 2, schema 2. */
export type Manifest = v.InferOutput<typeof Manifest>;

/** Parses a pushed manifest; like Heroku, refuses all but Docker's schema 2. */
export function parsePushedManifest(contentType: string | undefined, body: Buffer): Manifest {
  if (contentType?.split(";")[0]?.trim() !== MANIFEST_TYPE) throw unsupported();
  return parseManifest(body);
}

/** Parses a manifest; throws a {@link RegistryError} if it is invalid. */
export function parseManifest(body: Buffer): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(body.toString("utf8"));
  } catch {
    throw new RegistryError(400, "MANIFEST_INVALID", "manifest invalid");
  }
  const manifest = v.safeParse(Manifest, json);
  if (manifest.success) return manifest.output;
  const ofAnotherKind = v.is(v.object({ mediaType: v.string() }), json) && json.mediaType !== MANIFEST_TYPE;
  throw ofAnotherKind ? unsupported() : new RegistryError(400, "MANIFEST_INVALID", "manifest invalid");
}

function unsupported(): RegistryError {
  return new RegistryError(405, "UNSUPPORTED", "The operation is unsupported.");
}
