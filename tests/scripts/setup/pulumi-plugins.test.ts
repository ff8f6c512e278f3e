import { providerOf } from "../../../scripts/setup/pulumi-plugins.mjs";

describe("providerOf", () => {
  it("reads the plugin that an SDK names", () => {
    const pulumi = { resource: true, name: "heroku", version: "v1.0.4", server: "github://example" };
    expect(providerOf({ pulumi })).toEqual([{ name: "heroku", version: "1.0.4", server: "github://example" }]);
  });

  it("finds none in a package that is no SDK", () => {
    expect(providerOf({})).toEqual([]);
    expect(providerOf({ pulumi: { resource: false, name: "x", version: "1.0.0" } })).toEqual([]);
  });
});
