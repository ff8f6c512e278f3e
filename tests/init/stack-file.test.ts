import yaml from "js-yaml";
import { setting, settings, writeSettings } from "../../init/stack-file";

describe("writeSettings", () => {
  it.each([
    "yes",
    "0",
    "a: b # c",
    "'quoted' \"twice\"",
    `${"word ".repeat(40)}end`,
    `${"word ".repeat(40)}  two spaces`,
    "$(echo 'a' > /tmp/b; echo /tmp/b)",
    "",
  ])("writes %j so that YAML reads it back", (value) => {
    const text = writeSettings([setting("map", settings([setting("KEY", value, "why")]))]);
    expect(yaml.load(text)).toEqual({ map: { KEY: value } });
  });

  it("keeps long lists and comments within the width", () => {
    const names = Array.from({ length: 20 }, (_, index) => `A_RATHER_LONG_NAME_${index}`);
    const text = writeSettings([
      setting("list", names, `because of ${names.join(", ")}`),
      setting("none", settings([])),
    ]);

    expect(yaml.load(text)).toEqual({ list: names, none: {} });
    expect(text.split("\n").filter((line) => line.length > 120)).toEqual([]);
  });
});
