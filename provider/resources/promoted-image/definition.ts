import { imageReference } from "../../../validation/image-reference";
import { processType } from "../../../validation/rules";
import type { ResourceDefinition } from "../../schema/definition";
import { ruleFault } from "../../schema/faults";

export const promotedImage = {
  name: "PromotedImage",
  description:
    "An image of another app, copied within Heroku's registry into the app's own repository: the same digest on both " +
    "sides, its layers mounted, nothing built, pulled or pushed. Its labels are read in the preview, which fails where " +
    "the copy would. Copying releases nothing. An image that the repository has already is tagged `latest` again and " +
    "not copied. Deleting it changes nothing on Heroku, whose registry deletes no image. Import it by " +
    "`<app>/<process type>`.",
  inputs: {
    source: {
      type: "string",
      description:
        "Image to copy, by the digest of its manifest: `<registry>/<app>/<process type>@sha256:<64 hex digits>`.",
      fault: ruleFault("source", imageReference),
    },
    app: {
      type: "string",
      description: "Name of the app that gets the image. Another app replaces the copy.",
      replaces: true,
      fault: (value) => (value === "" ? 'app must be an app\'s name, got ""' : undefined),
    },
    processType: {
      type: "string",
      description: "Process type the image is for. Another one replaces the copy.",
      replaces: true,
      fault: ruleFault("processType", processType),
    },
    from: {
      type: "string",
      description:
        "Name of the stack that runs the image already, for the preview to tell. A change of it changes nothing.",
      optional: true,
      remark: true,
    },
    since: {
      type: "string",
      description:
        "When that stack released the image, as an RFC 3339 timestamp, for the preview to tell. A change of it changes nothing.",
      optional: true,
      remark: true,
    },
  },
  outputs: {
    reference: {
      type: "string",
      description: "Reference of the copy by manifest digest: `<registry>/<app>/<process type>@sha256:…`.",
    },
    imageId: { type: "string", description: "Image id: the digest of the image's config, which Heroku releases by." },
    revision: {
      type: "string",
      description: "Commit the image was built from, by its label; undefined when it has none.",
      optional: true,
    },
    sourceUrl: {
      type: "string",
      description: "Address of the source code, by the image's label; undefined when it has none.",
      optional: true,
    },
    created: {
      type: "string",
      description: "When the image was built, by its label; undefined when it has none.",
      optional: true,
    },
    migrations: {
      type: "stringList",
      description: "Migrations the image brings, by its label; undefined when it has none.",
      optional: true,
    },
    pending: {
      type: "stringList",
      description:
        "Migrations that the image which the app ran at the copy did not bring; undefined when a label is missing.",
      optional: true,
    },
    summary: {
      type: "string",
      description: "Commit, age and pending migrations in one line, as the preview told them.",
    },
  },
} as const satisfies ResourceDefinition;
