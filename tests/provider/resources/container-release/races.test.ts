import type { Release } from "../../../../provider/heroku/types";
import { judgement } from "../../support/container-app-fixture";
import { PluginClient, partialState } from "../../support/plugin-client";
import { ScriptedHeroku } from "../../support/scripted-heroku";

const digest = `sha256:${"d".repeat(64)}`;
const imageId = `sha256:${"a".repeat(64)}`;
const ours = `Deployed web (${"a".repeat(12)})`;
const inputs = { app: "demo", images: { web: `localhost/demo/web@${digest}` }, ...judgement };

/** What Local Heroku does not do: releases that others slip in, and images that Heroku does not release again. */
describe("ContainerRelease on an app with other hands on it", () => {
  let heroku: ScriptedHeroku;
  let plugin: PluginClient;
  let releases: Release[];

  beforeEach(async () => {
    heroku = await ScriptedHeroku.start();
    plugin = await PluginClient.start(heroku.url);
    releases = [];
    const manifest = { schemaVersion: 2, config: { digest: imageId } };
    heroku
      .on("GET /apps/demo", { body: { id: "app-1", name: "demo", build_stack: { name: "container" } } })
      .on(`GET /v2/demo/web/manifests/${digest}`, { body: manifest })
      .on("GET /apps/app-1/releases", () => ({ body: [...releases].reverse() }))
      .on("GET /apps/app-1/formation", { body: [{ type: "web", quantity: 0, docker_image: { id: "image-1" } }] })
      .on("GET /apps/app-1/dynos", { body: [] });
  });
  afterEach(async () => {
    plugin.stop();
    await heroku.stop();
  });

  const add = (description: string, status: Release["status"] = "succeeded") => {
    const version = releases.length + 1;
    if (status === "succeeded") for (const release of releases) release.current = false;
    const current = status === "succeeded";
    const created_at = "2026-11-01T00:00:00Z";
    releases.push({
      id: `release-${version}`,
      version,
      description,
      status,
      current,
      created_at,
      output_stream_url: null,
    });
  };
  const onPatch = (change: () => void) =>
    heroku.on("PATCH /apps/app-1/formation", () => {
      change();
      return { body: [] };
    });

  it("knows its own release among those that others make meanwhile", async () => {
    add("Initial release");
    onPatch(() => {
      add("Set KEY config vars");
      add(ours);
      add("Attach DATABASE (@ref:round-12345)");
    });

    expect((await plugin.create("ContainerRelease", inputs)).state).toMatchObject({ version: 3, description: ours });
  });

  it("finds its release by order when the description does not name the image", async () => {
    add("Initial release");
    onPatch(() => {
      add("Deployed web");
      add("Set KEY config vars");
    });

    expect((await plugin.create("ContainerRelease", inputs)).state).toMatchObject({ version: 2 });
  });

  it("takes the release that brought the images when nothing had to be released", async () => {
    add(ours);
    add("Set KEY config vars");
    onPatch(() => {});

    expect((await plugin.create("ContainerRelease", inputs)).state).toMatchObject({ version: 1, status: "succeeded" });
  });

  it("says what to do when Heroku does not repeat a release that failed", async () => {
    add("Deployed web (bbbbbbbbbbbb)");
    add(ours, "failed");
    onPatch(() => {});

    const { message, properties } = await partialState(plugin.create("ContainerRelease", inputs));

    expect(message).toBe(
      [
        'images of app "demo" must be released, got none made: Heroku does not repeat v2, which failed with the same images; build another image, and run `pulumi up` again',
        "its release phase gave no output (Heroku reads it by curl inside the image)",
        "live now is v1 (Deployed web (bbbbbbbbbbbb))",
      ].join("\n"),
    );
    expect(properties).toMatchObject({ version: 2, status: "failed" });
  });

  it("repeats the release after an error, which makes no second one", async () => {
    add("Initial release");
    heroku.on("PATCH /apps/app-1/formation", { cut: true }, () => {
      if (releases.length === 1) add(ours);
      return { body: [] };
    });

    expect((await plugin.create("ContainerRelease", inputs)).state).toMatchObject({ version: 2 });
  });
});
