import { parseImageReference } from "../heroku/registry";
import type { ResourceDefinition } from "./definition";

const legalType = /^[-\w]{1,128}$/;

export const containerRelease = {
  name: "ContainerRelease",
  description:
    "What a container app runs: the images of all its process types, released together in one release. Waits for the " +
    "release phase; when that fails, so does this resource, with the phase's output, and the former release stays live. " +
    "An image or rollback released by hand shows as a change after `pulumi refresh`, and `pulumi up` releases the " +
    "declared images again. Deleting it changes nothing on Heroku, where a release cannot be undone: the app goes on " +
    "running until it is scaled down or deleted. Import it by the app's id or name.",
  inputs: {
    app: {
      type: "string",
      description: 'Id or name of the app, which must be on the stack "container". Another app replaces the release.',
      replaces: true,
      synonyms: ["appId", "appName"],
      fault: (value) => (value === "" ? 'app must be an app\'s id or name, got ""' : undefined),
    },
    images: {
      type: "stringMap",
      description:
        "Image of each process type: `<registry>/<app>/<process type>@sha256:<digest of the manifest>`, pushed " +
        'already. The image of the type "release" is run in the release phase. A change makes one release, however ' +
        "many images change; a process type left out is taken out of service.",
      fault: (types) =>
        types.length === 0 ? "images must hold an image of at least one process type, got none" : undefined,
      entryFault: (type, reference) => {
        if (!legalType.test(type)) {
          return `process type must be letters, digits, "-" and "_", at most 128, got "${type}"`;
        }
        if (reference === undefined) return undefined;
        const image = parseImageReference(reference);
        const form = `<registry>/<app>/${type}@sha256:<64 hex digits>`;
        if (!image) return `image of process type "${type}" must be ${form}, got "${reference}"`;
        return image.processType === type
          ? undefined
          : `image of process type "${type}" must be in the repository of that type, got "${reference}"; push it as ${form}`;
      },
    },
  },
  outputs: {
    appId: { type: "string", description: "Id of the app.", stable: true },
    appName: { type: "string", description: "Name of the app." },
    imageIds: {
      type: "stringMap",
      description: "Image id of each process type: the digest of the image's config, which Heroku releases by.",
    },
    dockerImages: {
      type: "stringMap",
      description: "Heroku's own id of the image that each process type runs, by which a change by hand is seen.",
    },
    releaseId: { type: "string", description: "Id of the release that made the images live." },
    version: { type: "integer", description: "Number of that release, e.g. 7 for v7." },
    status: { type: "string", description: 'Status of that release: "succeeded", "failed" or "pending".' },
    description: { type: "string", description: "Heroku's description of that release." },
    createdAt: { type: "string", description: "When that release was made, as an RFC 3339 timestamp." },
  },
} as const satisfies ResourceDefinition;
