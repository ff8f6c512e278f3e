import { matching } from "./rule";

const REFERENCE = /^([^/@\s]+)\/([^/@\s:]+)\/([^/@\s:]+)(?::[\w.-]+)?@(sha256:[0-9a-f]{64})$/;

/** An image in a registry: which repository, and which manifest in it. */
export interface ImageReference {
  registry: string;
  app: string;
  processType: string;
  /** Digest of the manifest, `sha256:` and 64 hex digits. */
  digest: string;
}

/** Reads a reference to an image; ignores a tag before the digest. */
export function parseImageReference(reference: string): ImageReference | undefined {
  const [, registry, app, processType, digest] = REFERENCE.exec(reference) ?? [];
  return registry && app && processType && digest ? { registry, app, processType, digest } : undefined;
}

export const imageReference = matching(
  "<registry>/<app>/<process type>@sha256:<64 hex digits>",
  REFERENCE,
  "copy it from the output image.references of a stack",
);

/** Whether this is only a digest, which means the app's own repository. */
export const isDigest = (image: string): boolean => /^sha256:[0-9a-f]{64}$/.test(image);
