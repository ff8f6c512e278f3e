import { pluginOf } from "../../../scripts/setup/pulumi-plugins.mjs";

describe("pluginOf", () => {
  it("reads the plugin that an SDK names", () => {
    const pulumi = { resource: true, name: "heroku", version: "v1.0.4", server: "github://example" };
    expect(pluginOf({ pulumi })).toEqual([{ name: "heroku", version: "1.0.4", server: "github://example" }]);
  });

  it("finds none in a package that is no SDK", () => {
    expect(pluginOf({})).toEqual([]);
    expect(pluginOf({ pulumi: { resource: false, name: "x", version: "1.0.0" } })).toEqual([]);
  });
});
