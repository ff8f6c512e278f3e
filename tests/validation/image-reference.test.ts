import { imageReference, isDigest, parseImageReference } from "../../validation/image-reference";

const digest = `sha256:${"a".repeat(64)}`;

describe("parseImageReference", () => {
  it.each(["registry.heroku.com", "localhost:5075"])("reads references to the registry %s", (registry) => {
    const image = { registry, app: "demo", processType: "web", digest };
    expect(parseImageReference(`${registry}/demo/web@${digest}`)).toEqual(image);
    expect(parseImageReference(`${registry}/demo/web:latest@${digest}`)).toEqual(image);
  });

  it.each([
    "registry.heroku.com/demo/web:latest",
    `demo/web@${digest}`,
    `registry.heroku.com/demo/web@${digest}0`,
    `registry.heroku.com/a/demo/web@${digest}`,
    "",
  ])("rejects %j", (reference) => {
    expect(parseImageReference(reference)).toBeUndefined();
    expect(imageReference(reference)).toMatch(
      /^must be <registry>\/<app>\/<process type>@sha256:<64 hex digits>, got "/,
    );
  });
});

describe("isDigest", () => {
  it("is true only for a bare digest", () => {
    expect([digest, `web@${digest}`, "sha256:1"].map(isDigest)).toEqual([true, false, false]);
  });
});
