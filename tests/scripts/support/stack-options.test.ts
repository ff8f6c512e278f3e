import { stackOptions } from "../../../scripts/support/stack-options.mjs";

describe("stackOptions", () => {
  it.each([
    [[], { stack: undefined, verbose: [] }],
    [["--stack", "shop"], { stack: "shop", verbose: [] }],
    [["--stack=shop", "--verbose"], { stack: "shop", verbose: ["--verbose"] }],
  ])("takes %j", (args, expected) => {
    expect(stackOptions(args, "start")).toEqual(expected);
  });

  it.each([[["--stack"]], [["--stack", ""]], [["shop"]], [["--stak", "shop"]]])("refuses %j", (args) => {
    expect(() => stackOptions(args, "stop")).toThrow(
      `the options are --stack <name> and --verbose, got ${args.join(" ")}; run: npm stop -- --stack <name>`,
    );
  });
});
