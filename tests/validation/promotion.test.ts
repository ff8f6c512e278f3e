import { promotionIssues, releasedImages } from "../../validation/promotion";

const digest = `sha256:${"a".repeat(64)}`;
const form = "a digest sha256:<64 hex digits> or a reference <registry>/<app>/<process type>@sha256:<64 hex digits>";
const own = { stack: "prod", processTypes: ["web", "release"], registry: "registry.heroku.com" };
const issues = (images: Record<string, string>) =>
  promotionIssues(images, own).map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);

describe("promotionIssues", () => {
  it("takes the name of another stack, digests and references", () => {
    expect(issues({ stack: "dev" })).toEqual([]);
    expect(issues({ stack: "organisation/project/dev" })).toEqual([]);
    expect(issues({ web: digest, release: `registry.heroku.com/dev/release@${digest}` })).toEqual([]);
  });

  it("rejects the stack itself, and a stack together with images", () => {
    expect(issues({ stack: "prod", web: digest })).toEqual([
      'images must be a stack or images, not both, got ["web"]; write {stack: <name>}, or the image of each process type',
      'images.stack must be the name of another stack, got "prod"; name the one whose images to take, e.g. "dev"',
    ]);
    expect(issues({ stack: "" })).toHaveLength(1);
  });

  it("reports every image that is missing, invalid or of another registry or process type", () => {
    const elsewhere = `registry.eu.heroku.com/dev/web@${digest}`;
    expect(issues({ web: elsewhere, worker: digest })).toEqual([
      `images.release is missing; write ${form}`,
      'images.web must be in the registry registry.heroku.com, got "registry.eu.heroku.com"; promote within one registry',
      'images.worker must be of a process type of this stack, got "worker"; it has web, release',
    ]);
    expect(issues({ web: "latest", release: `registry.heroku.com/dev/web@${digest}` })).toEqual([
      `images.web must be ${form}, got "latest"; copy it from the output image.references of a stack`,
      `images.release must be of process type release, got "registry.heroku.com/dev/web@${digest}"; name that type's image`,
    ]);
  });
});

describe("releasedImages", () => {
  const references = { web: "r/dev/web@sha256:1", release: "r/dev/release@sha256:2" };

  it("reads images and the time of their release from another stack's outputs", () => {
    expect(releasedImages({ image: { references }, releasedAt: "2026-11-21T09:00:00Z" }, ["web", "release"])).toEqual({
      references,
      since: "2026-11-21T09:00:00Z",
    });
    expect(releasedImages({ image: { references } }, ["web", "release"])).toEqual({ references, since: "" });
  });

  it.each([{}, { image: {} }, { image: { references: {} } }])(
    "reports that nothing was released for outputs %j",
    (outputs) => {
      expect(releasedImages(outputs, ["web"])).toEqual({ issue: "has released no images; bring it up first" });
    },
  );

  it("reports process types that one of the stacks lacks", () => {
    expect(releasedImages({ image: { references } }, ["web", "worker"])).toEqual({
      issue:
        "must have the process types of this stack, got it has no worker, this stack has no release; make processTypes alike",
    });
  });
});
