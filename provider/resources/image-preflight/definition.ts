import { DEFAULTS } from "../../../validation/defaults";
import * as rules from "../../../validation/rules";
import type { ResourceDefinition } from "../../schema/definition";
import { ruleFault } from "../../schema/faults";

export const imagePreflight = {
  name: "ImagePreflight",
  description:
    "A try of an image on this machine before it is pushed: built as it will be pushed, looked at, and, for a web " +
    "process, run as a dyno would run it (under another user, with a read-only root and the dyno's memory) until its " +
    "health route answers. What Heroku would refuse or could not run fails, all of it at once, with the line of the " +
    "Dockerfile to change. Nothing is left on Heroku or in Docker but the built image. A change of any input tries again.",
  inputs: {
    processType: {
      type: "string",
      description: 'Process type that the image is for. An image for "web" is run.',
      fault: ruleFault("processType", rules.processType),
    },
    context: { type: "string", description: "Folder of the build context, as seen from the project folder." },
    dockerfile: { type: "string", description: "Dockerfile inside the context.", default: DEFAULTS.dockerfile },
    target: {
      type: "string",
      description: "Stage of the Dockerfile to build; the last when not given.",
      optional: true,
    },
    shownAs: {
      type: "string",
      description: "The Dockerfile as messages name it; as in the context when not given.",
      optional: true,
    },
    healthPath: {
      type: "string",
      description: "Path that a web image answers with 200, or with 503 while its services are away.",
      default: DEFAULTS.healthPath,
      fault: ruleFault("healthPath", rules.urlPath),
    },
    memoryLimit: {
      type: "integer",
      description: "Memory of the dyno in MB.",
      default: DEFAULTS.memoryLimit,
      fault: ruleFault("memoryLimit", rules.memoryLimit),
    },
    sizeLimit: {
      type: "integer",
      description: "Most that the image may be, in MB, uncompressed.",
      default: DEFAULTS.sizeLimit,
      fault: ruleFault("sizeLimit", rules.sizeLimit),
    },
    environment: {
      type: "stringMap",
      description: "Config vars to run it with. No secrets: these stand in the state.",
      default: {},
    },
    placeholders: {
      type: "stringList",
      description: "Names of secret config vars; each gets a random value of 64 characters in their place.",
      default: [],
    },
    releaseCheck: {
      type: "string",
      description: "Shell command that must succeed in the image, run with the same config vars.",
      optional: true,
    },
    onPreview: {
      type: "boolean",
      description: "Whether a preview tries the image too, and fails where an update would.",
      default: false,
    },
  },
  outputs: {
    imageId: { type: "string", description: "Image id: the digest of the image's config, which Heroku releases by." },
    sizeMb: { type: "integer", description: "Size of the image in MB, uncompressed." },
    checkedContext: { type: "string", description: "Build context that the image was made of." },
  },
} as const satisfies ResourceDefinition;
