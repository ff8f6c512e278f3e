import { PREFLIGHT_CHECKS } from "../../../validation/catalog";
import { DEFAULTS } from "../../../validation/defaults";
import * as rules from "../../../validation/rules";
import type { ResourceDefinition } from "../../schema/definition";
import { ruleFault } from "../../schema/faults";

export const appPreflight = {
  name: "AppPreflight",
  description:
    "A trial of an app's images on this machine before they are pushed: built as they will be pushed, inspected, and run as " +
    "dynos would run them (another user, the dyno's memory), with throwaway PostgreSQL and Redis services that require TLS. The " +
    "release phase runs on the empty database first, then every process type boots: web until its health route is healthy, " +
    "others have to stay up. What Heroku would refuse or could not run fails, all of it at once, with the line of the Dockerfile " +
    "to change. Nothing is left on Heroku or in Docker but the built images. A change of any input runs it again.",
  inputs: {
    images: {
      type: "objectMap",
      description: 'How to build the image of each process type. That of "release" runs first, to its end.',
      entryFault: ruleFault("processType", rules.processType),
      properties: {
        context: { type: "string", description: "Folder of the build context, relative to the project folder." },
        dockerfile: { type: "string", description: "Dockerfile inside the context." },
        target: { type: "string", description: "Stage to build; the last when not given.", optional: true },
        args: { type: "stringMap", description: "Build arguments. No secrets: the image shows them.", optional: true },
        command: { type: "string", description: "Command of the process type, as messages name it.", optional: true },
        shownAs: { type: "string", description: "The Dockerfile as messages name it.", optional: true },
        memoryLimit: {
          type: "integer",
          description: "Memory of its dynos in MB.",
          fault: ruleFault("memoryLimit", rules.memoryLimit),
        },
      },
    },
    healthPath: {
      type: "string",
      description:
        "Path that the web process responds to with `healthStatus`. Left out, it only has to listen on $PORT.",
      optional: true,
    },
    healthStatus: { type: "integer", description: "Status of a healthy response.", default: 200 },
    healthText: { type: "string", description: "Text that the body of a healthy response contains.", optional: true },
    healthHeaders: {
      type: "stringMap",
      description: "Headers of the health request, `Host` among them. No secrets: these stand in the state.",
      default: {},
    },
    settleTime: {
      type: "integer",
      description: "Seconds that processes without a health route have to stay up.",
      default: 5,
      fault: ruleFault("settleTime", rules.settleTime),
    },
    sizeLimit: {
      type: "integer",
      description: "Largest size of an image in MB, uncompressed.",
      default: DEFAULTS.sizeLimit,
      fault: ruleFault("sizeLimit", rules.sizeLimit),
    },
    environment: {
      type: "stringMap",
      description: "Config vars to run the images with. No secrets: these stand in the state.",
      default: {},
    },
    placeholders: {
      type: "stringList",
      description: "Names of secret config vars; each gets a random value of 64 characters instead.",
      default: [],
    },
    postgres: {
      type: "stringList",
      description: "Config vars that get the URL of a throwaway PostgreSQL database, each of its own.",
      default: [],
    },
    redis: {
      type: "stringList",
      description: "Config vars that get the URL of a throwaway Redis server.",
      default: [],
    },
    releaseCheck: {
      type: "string",
      description: 'Shell command that has to succeed in the image of "release", or else of "web".',
      optional: true,
    },
    skip: {
      type: "stringList",
      description: `Checks that are turned off: ${PREFLIGHT_CHECKS.join(", ")}.`,
      default: [],
      fault: (checks) => {
        const reason = checks.map((check) => rules.preflightCheck(check)).find((one) => one !== undefined);
        return reason && `skip ${reason}`;
      },
    },
    onPreview: {
      type: "boolean",
      description: "Whether a preview runs it too, and fails where an update would.",
      default: false,
    },
  },
  outputs: {
    imageIds: {
      type: "stringMap",
      description: "Image id of each process type: the digest of the image's config, which Heroku releases by.",
    },
    sizes: { type: "stringMap", description: "Size of each image, e.g. `184 MB` uncompressed." },
  },
} as const satisfies ResourceDefinition;
