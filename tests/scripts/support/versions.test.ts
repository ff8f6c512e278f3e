import { isAtLeast } from "../../../scripts/support/versions.mjs";

describe("isAtLeast", () => {
  it.each([
    ["3.187.0", "3.187.0"],
    ["3.200.0", "3.187.0"],
    ["4.0.0", "3.187.0"],
    ["1.27", "1.26.6"],
  ])("finds %s as late as %s", (version, least) => {
    expect(isAtLeast(version, least)).toBe(true);
  });

  it.each([
    ["3.186.9", "3.187.0"],
    ["3.99.0", "3.187.0"],
    ["1.26", "1.26.6"],
    ["2.999.999", "3.187.0"],
  ])("finds %s earlier than %s", (version, least) => {
    expect(isAtLeast(version, least)).toBe(false);
  });
});
