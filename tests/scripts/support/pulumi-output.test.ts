import { isTelling } from "../../../scripts/support/pulumi-output.mjs";

describe("isTelling", () => {
  it.each([
    "Updating (local):",
    " +  heroku:app:App app created (0.11s) ",
    " +  docker:index:Image image-web creating (0s) ",
    " +  docker:index:Image image-web created (35s) Pushed image with digest sha256:e04d",
    " +  docker:index:Image image-web **creating failed** error: no such file",
    " +  heroku-native:index:ContainerRelease release creating (3s) Applying boards.0001_initial... OK",
    "    error: update failed",
  ])("shows %j", (line) => {
    expect(isTelling(line)).toBe(true);
  });

  it.each([
    "@ updating....",
    " +  docker:index:Image image-web creating (73s) Pushing [====>    ]  72.28MB/123.2MB",
    " +- docker:index:Image image-web updating (1s) Get:1 trixie InRelease",
    "(Reading database ... 15%",
  ])("leaves %j out", (line) => {
    expect(isTelling(line)).toBe(false);
  });
});
