import { IgnoreRules } from "../../../components/image-build/ignore-rules";

describe("IgnoreRules", () => {
  it.each([
    ["data", "data", true],
    ["data", "data/private", true],
    ["data/*", "data", false],
    ["data\n!data/keep", "data", false],
    ["data\n!data/keep", "data/other", true],
    ["data\n!data/*/keep", "data/private", false],
    ["data\n!**/keep", "data", false],
    ["data\n!other/keep", "data", true],
    ["data\r\n ! /data/./keep\r\n", "data", false],
    ["", "data", false],
  ])("decides with %j whether all of %s is ignored: %s", (text, folder, answer) => {
    expect(new IgnoreRules(text).ignoresAllIn(folder)).toBe(answer);
  });
});
