import { isLocalStack, requireLocalStack } from "../../../scripts/support/local-stack.mjs";

describe("requireLocalStack", () => {
  it("takes the stack of Local Heroku", () => {
    expect(() => requireLocalStack("local")).not.toThrow();
    expect(isLocalStack("local")).toBe(true);
  });

  it.each(["dev", "prod"])("leaves %s, a stack for an account, to the Pulumi CLI", (stack) => {
    expect(isLocalStack(stack)).toBe(false);
    expect(() => requireLocalStack(stack)).toThrow(
      `Pulumi.${stack}.yaml is for an account, as it has no heroku:url; run: pulumi up --stack ${stack}`,
    );
  });

  it("says how a stack is made that has no file", () => {
    expect(() => requireLocalStack("nowhere")).toThrow(
      "the stack nowhere has no file Pulumi.nowhere.yaml; write one with: npm run init -- <folder> --stack nowhere",
    );
  });
});
