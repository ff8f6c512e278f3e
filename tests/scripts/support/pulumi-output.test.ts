import { doing, isTelling } from "../../../scripts/support/pulumi-output.mjs";

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

describe("doing", () => {
  it.each([
    [
      " +  heroku-native:index:ImagePreflight image-web creating (9s) [web 2/3] RUN make",
      "image-web: [web 2/3] RUN make",
    ],
    [" ~  docker:index:Image image-web updating (1s) [diff: ~build]; Pushing  7MB/9MB ", "image-web: Pushing  7MB/9MB"],
    [" +- docker:index:Image image-web replacing (1s) [diff: ~build]; pushing", "image-web: pushing"],
  ])("knows from %j what goes on", (line, expected) => {
    expect(doing(line)).toBe(expected);
  });

  it.each(["@ updating....", " +  heroku:app:App app creating (0s) ", " +  heroku:app:App app created (0.11s) "])(
    "learns nothing from %j",
    (line) => {
      expect(doing(line)).toBeUndefined();
    },
  );
});
