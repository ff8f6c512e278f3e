import * as pulumi from "@pulumi/pulumi";
import { check, whenKnown } from "../../../components/support/valid-arguments";
import { region } from "../../../validation/rules";
import { Recorder } from "../../support/recorder";

const issue = 'region must be a Heroku region, got "mars"; allowed values are us, ';

describe("check", () => {
  it("skips an Output", () => {
    expect(check("region", "mars", region)).toHaveLength(1);
    expect(check("region", pulumi.output("mars"), region)).toEqual([]);
    expect(check("region", Promise.resolve("mars"), region)).toEqual([]);
    expect(check("region", undefined, region)).toEqual([]);
  });
});

describe("whenKnown", () => {
  beforeEach(() => Recorder.start());

  /** What an Output comes to. Its other promises fail with it, which is an error of the program that Pulumi reports. */
  const outcome = (value: pulumi.Input<string>): Promise<string> => {
    const { promise, isKnown, isSecret } = Object(whenKnown("ContainerApp", "region", value, region));
    for (const other of [isKnown, isSecret]) other.catch(() => undefined);
    return promise();
  };

  it("returns a plain value unchanged", () => {
    expect(whenKnown("ContainerApp", "region", "mars", region)).toBe("mars");
  });

  it("passes on a legal Output and keeps it secret", async () => {
    await expect(outcome(pulumi.output("eu"))).resolves.toBe("eu");
    const known = whenKnown("ContainerApp", "region", pulumi.secret("eu"), region);
    await expect(pulumi.isSecret(pulumi.output(known))).resolves.toBe(true);
  });

  it.each([
    ["an Output", () => pulumi.output("mars")],
    ["a Promise", () => Promise.resolve("mars")],
  ])("fails for %s that breaks the rule", async (_kind, value) => {
    await expect(outcome(value())).rejects.toThrow(`ContainerApp cannot be created with these arguments:\n  ${issue}`);
  });

  it("does not show a secret", async () => {
    await expect(outcome(pulumi.secret("mars"))).rejects.toThrow("region must be a Heroku region, got [secret]; ");
  });
});
