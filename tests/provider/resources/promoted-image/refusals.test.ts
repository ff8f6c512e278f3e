import { failure } from "../../support/plugin-client";
import { inputsFor } from "../../support/promoted-images";
import { RegistryFixture } from "../../support/registry-fixture";
import type { TestImage } from "../../support/registry-in-memory";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "PromotedImage";
describe("PromotedImage, its refusals", () => {
  let fixture: RegistryFixture;
  let registry: RegistryFixture["registry"];
  let plugin: RegistryFixture["plugin"];

  beforeEach(async () => {
    fixture = await RegistryFixture.open("prod");
    ({ registry, plugin } = fixture);
  });
  afterEach(() => fixture.close());

  const pushed = (image: TestImage = {}) => registry.push("dev/web", image);

  describe("fails in the preview as it would later", () => {
    const refusals = (source: string) =>
      Promise.all([true, false].map((preview) => failure(plugin.create(type, inputsFor(source), preview))));
    const twice = (message: string) => [message, message];

    it("for an image that is not there", async () => {
      const { reference, digest } = pushed();
      registry.remove("dev/web", digest);

      expect(await refusals(reference)).toEqual(
        twice(
          `image to promote is not in the registry ${fixture.heroku.url}, or is not this API key's to read, got dev/web@${digest} ` +
            "(404 MANIFEST_UNKNOWN); name an image that is there, or build and push it again",
        ),
      );
    });

    it("for an image of another platform and without command, both at once", async () => {
      const { reference, digest } = pushed({ architecture: "arm64", command: [] });

      expect(await refusals(reference)).toEqual(
        twice(
          `image to promote must be for linux/amd64, got linux/arm64 in dev/web@${digest}; build it with --platform linux/amd64\n` +
            `image to promote must have a command, got none in dev/web@${digest}; give its Dockerfile a CMD or ENTRYPOINT`,
        ),
      );
    });

    it("for another kind of manifest", async () => {
      const { reference } = pushed({ mediaType: "application/vnd.oci.image.manifest.v1+json" });

      expect(await refusals(reference)).toEqual(
        twice(
          'image of process type "web" is not a Docker image manifest (version 2, schema 2), got ' +
            "application/vnd.oci.image.manifest.v1+json; push it with Docker media types " +
            "(docker buildx build --output type=image,oci-mediatypes=false,push=true --provenance=false)",
        ),
      );
    });

    it("for another registry and another process type, both at once", async () => {
      const source = `registry.eu.example.com/dev/release@sha256:${"0".repeat(64)}`;

      expect(await refusals(source)).toEqual(
        twice(
          `image to promote must be in the registry ${fixture.host}, got registry.eu.example.com in "${source}"; promote from a stack of the same registry\n` +
            `image to promote must be of the process type "web", got "release" in "${source}"; name that type's image`,
        ),
      );
    });
  });

  it("refuses what is no reference by digest, with every other fault", async () => {
    expect((await plugin.check(type, { source: "dev/web:latest", app: "", processType: "a b" })).failures).toEqual({
      source:
        'source must be <registry>/<app>/<process type>@sha256:<64 hex digits>, got "dev/web:latest"; copy it from the output image.references of a stack',
      app: 'app must be an app\'s name, got ""',
      processType:
        'processType must be at most 128 lower-case letters and digits, with single dashes or underscores between them, got "a b"; choose a name such as "web", "worker" or "release"',
    });
  });
});
