import { readImageId, readLatest } from "../../../provider/registry/manifest";
import { type Answer, ScriptedHeroku } from "../support/scripted-heroku";
import { clientOf } from "../support/test-runtime";

const digest = `sha256:${"a".repeat(64)}`;
const imageId = `sha256:${"b".repeat(64)}`;
const image = { app: "demo", processType: "web", digest };
const dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

describe("readImageId", () => {
  let heroku: ScriptedHeroku;

  beforeEach(async () => {
    heroku = await ScriptedHeroku.start();
  });
  afterEach(() => heroku.stop());

  const read = (answer: Answer) => {
    heroku.on(`GET /v2/demo/web/manifests/${digest}`, answer);
    return readImageId(clientOf(heroku.url).client, image).then(String, (error: Error) => error.message);
  };

  it("answers the digest of the image's config, with the API key as password of the user _", async () => {
    const manifest = { schemaVersion: 2, mediaType: dockerManifest, config: { digest: imageId } };

    expect(await read({ body: manifest })).toBe(imageId);
    const [seen] = heroku.seen;
    expect(seen?.headers.authorization).toBe(`Basic ${Buffer.from("_:secret-key").toString("base64")}`);
    expect(seen?.headers.accept?.split(", ")[0]).toBe(dockerManifest);
  });

  it("says what to do about an OCI manifest", async () => {
    const mediaType = "application/vnd.oci.image.manifest.v1+json";

    expect(await read({ body: { schemaVersion: 2, mediaType, config: { digest: imageId } } })).toBe(
      'image of process type "web" is not a Docker image manifest (version 2, schema 2), got application/vnd.oci.image.manifest.v1+json; ' +
        "push it with Docker media types (docker buildx build --output type=image,oci-mediatypes=false,push=true --provenance=false)",
    );
  });

  it("knows an OCI manifest that names its media type in the header or at its config alone", async () => {
    const body = {
      schemaVersion: 2,
      config: { digest: imageId, mediaType: "application/vnd.oci.image.config.v1+json" },
    };

    expect(await read({ body })).toContain("got application/vnd.oci.image.config.v1+json; push it with Docker");
  });

  it("says what to do about an image for several platforms", async () => {
    const mediaType = "application/vnd.oci.image.index.v1+json";

    expect(await read({ body: { schemaVersion: 2, mediaType, manifests: [] } })).toBe(
      'image of process type "web" is not a Docker image manifest (version 2, schema 2), got a list of several ' +
        "(application/vnd.oci.image.index.v1+json); build it for linux/amd64 alone, with --provenance=false --sbom=false",
    );
  });

  it("says that an image was not pushed", async () => {
    const body = { errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] };

    expect(await read({ status: 404, body })).toBe(
      `image of process type "web" is not in the registry ${heroku.url}, got demo/web@${digest}; push it first, or correct heroku-native:registryUrl`,
    );
  });

  it("finds no latest image where none was pushed", async () => {
    expect(await readLatest(clientOf(heroku.url).client, image)).toBeUndefined();
  });

  it("answers digest and id of the image pushed last", async () => {
    heroku.on("GET /v2/demo/web/manifests/latest", {
      headers: { "docker-content-digest": digest },
      body: { schemaVersion: 2, mediaType: dockerManifest, config: { digest: imageId } },
    });

    expect(await readLatest(clientOf(heroku.url).client, image)).toEqual({ imageId, digest });
  });
});
