/** The parts of `/v2/<app>/<process type>/<resource>`. */
export interface RepositoryPath {
  app: string;
  processType: string;
  kind: "manifests" | "blobs" | "tags";
  /** What follows the kind: a tag, a digest, `uploads/…`, `list`. */
  rest: string;
}

const PATH = /^\/v2\/([^/]+)\/([^/]+)\/(manifests|blobs|tags)\/(.*)$/;

/** Parses a registry path; undefined if it names no repository of an app. */
export function parseRepositoryPath(path: string): RepositoryPath | undefined {
  const [, app, processType, kind, rest] = PATH.exec(path) ?? [];
  if (app === undefined || processType === undefined || rest === undefined) return undefined;
  if (kind !== "manifests" && kind !== "blobs" && kind !== "tags") return undefined;
  return { app, processType, kind, rest };
}

const IMAGE_TAG = /^image-[0-9a-f]{64}$/;

/** Internal tag used to look up an image by its id; hidden from clients. */
export function imageTag(imageId: string): string {
  return imageId.replace("sha256:", "image-");
}

/** Whether a tag is hidden from clients. */
export function isImageTag(tag: string): boolean {
  return IMAGE_TAG.test(tag);
}
