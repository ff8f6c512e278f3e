import type { ResourceDefinition } from "../../../../provider/schema/definition";
import { parseReference } from "./reference";

const build = {
  context: {
    type: "string",
    description: "Folder of the build context; the current one when not given.",
    optional: true,
  },
  dockerfile: {
    type: "string",
    description: "The Dockerfile, inside the context; the context's file Dockerfile when not given.",
    optional: true,
  },
  platform: { type: "string", description: "As in linux/amd64; that of this machine when not given.", optional: true },
  target: { type: "string", description: "Stage of the Dockerfile; the last when not given.", optional: true },
  args: { type: "stringMap", description: "Values of the Dockerfile's ARG instructions.", optional: true },
  addHosts: { type: "stringList", description: "Hosts that RUN instructions know, as name:address.", optional: true },
  network: { type: "string", description: "Network of RUN instructions.", optional: true },
  builderVersion: { type: "string", description: "The builder.", optional: true, values: ["BuilderBuildKit"] },
  contextDigest: { type: "string", description: "Digest of the context, which the check adds.", optional: true },
} as const;

const registry = {
  server: { type: "string", description: "Address of the registry.", optional: true },
  username: { type: "string", description: "User. A change of it changes nothing.", optional: true },
  password: { type: "string", description: "Password. A change of it changes nothing.", optional: true, secret: true },
} as const;

export const image = {
  name: "Image",
  module: "index/image",
  description: "An image, built from a folder and pushed to a registry on this machine. Deleting it changes nothing.",
  inputs: {
    imageName: {
      type: "string",
      description: "Name of the image: `<registry>/<repository>[:<tag>]`.",
      fault: (value) =>
        parseReference(value)
          ? undefined
          : `imageName must be <registry>/<repository>[:<tag>], got "${value}"; e.g. "localhost:5000/app:latest"`,
    },
    build: { type: "object", description: "What to build.", optional: true, properties: build },
    registry: { type: "object", description: "Where to push to.", optional: true, properties: registry },
    skipPush: { type: "boolean", description: "Whether the image is built and not pushed.", optional: true },
    buildOnPreview: { type: "boolean", description: "Whether a preview builds the image too.", optional: true },
  },
  outputs: {
    baseImageName: { type: "string", description: "Name of the image." },
    context: { type: "string", description: "Folder of the build context." },
    dockerfile: { type: "string", description: "The Dockerfile, as seen from the context." },
    platform: { type: "string", description: "Platform of the image." },
    registryServer: { type: "string", description: "Address of the registry; empty when none was given." },
    repoDigest: {
      type: "string",
      description: "Reference by the digest of the manifest, or the image's id when it was not pushed.",
    },
  },
} as const satisfies ResourceDefinition;
