import { DEFAULTS } from "../../../validation/defaults";
import { imageReference, parseImageReference } from "../../../validation/image-reference";
import * as rules from "../../../validation/rules";
import type { ResourceDefinition } from "../../schema/definition";
import { ruleFault } from "../../schema/faults";

const processTypeFault = ruleFault("process type", rules.processType);

export const containerRelease = {
  name: "ContainerRelease",
  description:
    "What a container app runs: the images of all its process types, released together in one release. Waits for the " +
    "release phase; when that fails, so does this resource, with the phase's output, and the former release stays live. " +
    "Then waits until every dyno is up on the release and, with a health path, answers well; when that does not come " +
    "true, it releases the images of the last good deployment again and fails with what was seen. " +
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
        const fault = processTypeFault(type);
        if (fault || reference === undefined) return fault;
        const image = parseImageReference(reference);
        if (!image) return ruleFault(`image of process type "${type}"`, imageReference)(reference);
        const form = `<registry>/<app>/${type}@sha256:<64 hex digits>`;
        return image.processType === type
          ? undefined
          : `image of process type "${type}" must be in the repository of that type, got "${reference}"; push it as ${form}`;
      },
    },
    formation: {
      type: "objectMap",
      description:
        'Size and quantity of each process type but "release". They are set in the same request as the images, so that a first ' +
        "release runs on the size declared. A change of them alone makes no release, and is held to the same health. Process " +
        "types left out keep what they have on Heroku.",
      optional: true,
      entryFault: (type) => processTypeFault(type),
      properties: {
        size: { type: "string", description: 'Dyno size, e.g. "standard-1x", in any case.' },
        quantity: {
          type: "integer",
          description: "Number of dynos.",
          fault: ruleFault("quantity", rules.quantity),
        },
      },
    },
    testedImageIds: {
      type: "stringMap",
      description:
        "Image id that each process type was tested with before it was pushed. Where the registry holds another, " +
        "nothing is released.",
      optional: true,
      // It matters when an image is released, and then the image changes too.
      remark: true,
    },
    releaseTimeout: {
      type: "integer",
      description:
        "Seconds that the release phase may take. One that takes longer is stopped, and the release has failed. Heroku itself " +
        "ends it after an hour.",
      default: DEFAULTS.releaseTimeout,
      // It matters while a release is made.
      remark: true,
      fault: ruleFault("releaseTimeout", rules.releaseTimeout),
    },
    healthPath: {
      type: "string",
      description:
        "Path of the health route, with a query if it needs one. Each web dyno has to respond with `healthStatus`. A JSON body " +
        "with the `release` (`v7`, as HEROKU_RELEASE_VERSION has it) and the `dyno` (`web.1`) is taken at its word; otherwise the " +
        "router's log says which dyno responded. Left out, web dynos only have to stay up.",
      optional: true,
      fault: ruleFault("healthPath", rules.urlPath),
    },
    healthStatus: {
      type: "integer",
      description: "Status of a healthy response, after redirects within the app.",
      default: 200,
      fault: ruleFault("healthStatus", rules.httpStatus),
    },
    healthText: {
      type: "string",
      description: "Text that the body of a healthy response contains.",
      optional: true,
    },
    healthHeaders: {
      type: "stringMap",
      description: "Headers of each health request, `Host` among them. No secrets: these stand in the state.",
      default: {},
    },
    healthPages: {
      type: "stringList",
      description: "Further paths that have to respond with a status below 400 once the health route is healthy.",
      default: [],
    },
    webSocketPath: {
      type: "string",
      description:
        "Path of a WebSocket that has to open and send back the `echo` of " +
        '`{"type": "ping", "echo": "…"}` after the health route is healthy. Left out, none is opened.',
      optional: true,
      fault: ruleFault("webSocketPath", rules.urlPath),
    },
    healthInterval: {
      type: "integer",
      description: "Seconds between two rounds of health requests.",
      default: DEFAULTS.healthInterval,
      fault: ruleFault("healthInterval", rules.healthInterval),
    },
    healthTimeout: {
      type: "integer",
      description:
        "Seconds until dynos have to be up, and then until they have to be healthy. Preboot lets former dynos serve for three " +
        "minutes.",
      default: DEFAULTS.healthTimeout,
      fault: ruleFault("healthTimeout", rules.healthTimeout),
    },
    healthThreshold: {
      type: "integer",
      description: "Healthy responses in a row that each web dyno has to give.",
      default: DEFAULTS.healthThreshold,
      fault: ruleFault("healthThreshold", rules.healthThreshold),
    },
    settleTime: {
      type: "integer",
      description: "Seconds that dynos without a health route have to stay up, such as workers.",
      default: 10,
      fault: ruleFault("settleTime", rules.settleTime),
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
    history: {
      type: "stringList",
      description:
        "The newest 20 releases of images that succeeded, newest first, each as JSON: version, createdAt, images, and by " +
        "their labels revision and migrations. It outlives Heroku's own releases.",
    },
    releaseId: { type: "string", description: "Id of the release that made the images live." },
    version: { type: "integer", description: "Number of that release, e.g. 7 for v7." },
    status: { type: "string", description: 'Status of that release: "succeeded", "failed", "pending" or "unhealthy".' },
    description: { type: "string", description: "Heroku's description of that release." },
    createdAt: { type: "string", description: "When that release was made, as an RFC 3339 timestamp." },
  },
} as const satisfies ResourceDefinition;
