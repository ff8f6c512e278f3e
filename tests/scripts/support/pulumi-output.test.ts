import { inShort, UpdateLines } from "../../../scripts/support/pulumi-output.mjs";

describe("UpdateLines", () => {
  it.each([
    "Updating (local):",
    " +  heroku:app:App app created (0.11s) ",
    " +  docker:index:Image image-web created (35s) Pushed image with digest sha256:e04d",
    " +  docker:index:Image image-web **creating failed** error: no such file",
    " +  heroku-native:index:AppPreflight preflight creating (3s) [web 2/3] RUN make",
    " +  heroku-native:index:ContainerRelease release creating (3s) Applying boards.0001_initial... OK",
    "    error: update failed",
    "",
  ])("shows %j", (line) => {
    expect(new UpdateLines().isNews(line)).toBe(true);
  });

  it.each([
    "@ updating....",
    " +  docker:index:Image image-web creating (0s) ",
    " ~  docker:index:Image image-web updating (0s) [diff: ~build]",
    " +  docker:index:Image image-web creating (73s) Pushing [====>    ]  72.28MB/123.2MB",
    " +- docker:index:Image image-web updating (1s) Get:1 trixie InRelease",
    " -  docker:index:Image image-web deleting (0s)[retain] ",
    "(Reading database ... 15%",
  ])("leaves %j out", (line) => {
    expect(new UpdateLines().isNews(line)).toBe(false);
  });

  it("shows once what a resource waits for", () => {
    const lines = new UpdateLines();
    const shown = [
      " +  heroku-native:index:ContainerRelease release creating (0s) waiting for release v8 (0 s)",
      " +  heroku-native:index:ContainerRelease release creating (1s) waiting for release v8 (1 s)",
      " +  heroku-native:index:AppPreflight preflight creating (1s) waiting for release v8 (1 s)",
      " +  heroku-native:index:ContainerRelease release creating (2s) waiting for 1 × web (0 s)",
      " +  heroku-native:index:ContainerRelease release created (3s) waiting for 1 × web (0 s)",
    ].filter((line) => lines.isNews(line));
    expect(shown.map((line) => /\d+s/.exec(line)?.[0])).toEqual(["0s", "1s", "2s", "3s"]);
  });
});

describe("inShort", () => {
  it.each([
    [
      " +  heroku-native:index:AppPreflight preflight creating (9s) [web 2/3] RUN make",
      "preflight: [web 2/3] RUN make",
    ],
    [
      " ~  docker:index:Image image-web updating (1s) [diff: ~build]; Pushing [==> ]  7MB/9MB ",
      "image-web: Pushing 7MB/9MB",
    ],
    [" +- docker:index:Image image-web replacing (1s) [diff: ~build]; pushing", "image-web: pushing"],
    [" -  heroku:app:App app deleting (12s) ", "app: deleting"],
  ])("knows from %j what goes on", (line, expected) => {
    expect(inShort(line)).toBe(expected);
  });

  it.each(["Updating (local):", "@ updating....", " +  heroku:app:App app created (0.11s) "])(
    "learns nothing from %j",
    (line) => {
      expect(inShort(line)).toBeUndefined();
    },
  );
});
