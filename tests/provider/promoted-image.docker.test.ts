import { defaultRuntime, type HerokuRuntime } from "../../provider/heroku/client";
import { buildImage, push, removeImages } from "../emulator/docker/test-image";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { PluginClient } from "./support/plugin-client";

const schema2 = "application/vnd.docker.distribution.manifest.v2+json";

/** Promotion against a real registry, which checks every digest itself. */
describe("PromotedImage on Local Heroku's registry", () => {
  let heroku: LocalHerokuProcess;
  let tag: string;

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    for (const name of ["from-app", "mounted-app", "copied-app"]) {
      await heroku.api("POST", "/apps", { name, stack: "container" });
    }
    tag = `localhost:${heroku.port}/from-app/web`;
    const labels = "LABEL org.opencontainers.image.revision=3f2a1bc0123 skechwime.migrations=boards.0001_initial";
    await buildImage(tag, labels, 'CMD ["sleep", "1"]');
    await push(tag, "local-heroku");
    // What is promoted is not on this machine any more.
    await removeImages(tag);
  });
  afterAll(async () => {
    await heroku?.destroy();
    await removeImages(tag);
  });

  const digestOf = async (app: string, reference: string) => {
    const authorization = `Basic ${btoa("_:local-heroku")}`;
    const url = `${heroku.url}/v2/${app}/web/manifests/${reference}`;
    return (await fetch(url, { headers: { accept: schema2, authorization } })).headers.get("docker-content-digest");
  };

  /** Promotes the image and answers what came of it, with the requests that wrote; `asks` may change an address. */
  async function promote(app: string, asks = (url: string) => url) {
    const source = `${tag}@${await digestOf("from-app", "latest")}`;
    const writes: string[] = [];
    const recording: HerokuRuntime = {
      ...defaultRuntime,
      fetch: async (input, init) => {
        const response = await fetch(asks(String(input)), init);
        const method = init?.method ?? "GET";
        const { pathname } = new URL(String(input));
        if (!["GET", "HEAD"].includes(method)) writes.push(`${method} ${pathname} ${response.status}`);
        return response;
      },
    };
    const plugin = await PluginClient.start(heroku.url, { runtime: recording, apiKey: "local-heroku" });
    try {
      const { state } = await plugin.create("PromotedImage", { source, app, processType: "web" });
      return { source, state, writes };
    } finally {
      plugin.stop();
    }
  }

  it("mounts every layer, so that no byte of one is sent, and keeps the digest", async () => {
    const { source, state, writes } = await promote("mounted-app");

    const [, digest = ""] = source.split("@");
    expect(state).toMatchObject({
      reference: source.replace("from-app", "mounted-app"),
      revision: "3f2a1bc0123",
      migrations: ["boards.0001_initial"],
    });
    expect([await digestOf("mounted-app", "latest"), await digestOf("mounted-app", digest)]).toEqual([digest, digest]);
    const uploads = writes.filter((write) => write.includes("/blobs/"));
    expect(new Set(uploads)).toEqual(new Set(["POST /v2/mounted-app/web/blobs/uploads/ 201"]));
    expect(writes.slice(uploads.length)).toEqual([
      `PUT /v2/mounted-app/web/manifests/${digest} 201`,
      "PUT /v2/mounted-app/web/manifests/latest 201",
    ]);
  });

  it("sends the layers through where the registry does not lend them, with the same digest", async () => {
    const { source, writes } = await promote("copied-app", (url) => url.replace(/\?mount=.*$/, ""));

    expect(await digestOf("copied-app", "latest")).toBe(source.split("@")[1]);
    expect(writes.filter((write) => /^PUT .*\/blobs\/uploads\/.* 201$/.test(write)).length).toBeGreaterThan(1);
  });
});
