import * as pulumi from "@pulumi/pulumi";
import { Recorder, resolved } from "./recorder";

class Thing extends pulumi.CustomResource {
  declare readonly token: pulumi.Output<string>;
  declare readonly size: pulumi.Output<number>;

  constructor(name: string, inputs: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Thing", name, { token: undefined, ...inputs }, opts);
  }
}

class Group extends pulumi.ComponentResource {
  readonly thing: Thing;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Group", name, {}, opts);
    this.thing = new Thing(`${name}-thing`, { size: 1 }, { parent: this });
    this.registerOutputs({ size: this.thing.size });
  }
}

describe("Recorder", () => {
  it("keeps inputs as plain values and says which of them were secret", async () => {
    const recorder = await Recorder.start();
    new Thing("one", { key: pulumi.secret("k"), list: ["a", pulumi.secret("b")], absent: undefined });

    const registration = await recorder.only("test:index:Thing");

    expect(registration.inputs).toEqual({ key: "k", list: ["a", "b"] });
    expect(registration.secrets).toEqual(["key", "list[1]"]);
  });

  it("keeps parents, dependencies and options", async () => {
    const recorder = await Recorder.start();
    const group = new Group("group");
    new Thing("after", { size: 2 }, { dependsOn: [group.thing], protect: true, ignoreChanges: ["size"], version: "9" });

    const after = await recorder.only("test:index:Thing", "after");
    const child = await recorder.only("test:index:Thing", "group-thing");

    expect(child.parent).toBe("urn:pulumi:test::skechwime::test:index:Group::group");
    expect(after.dependencies).toEqual([await resolved(group.thing.urn)]);
    expect(after.options).toMatchObject({ protect: true, ignoreChanges: ["size"], version: "9" });
    expect([...recorder.componentOutputs]).toEqual([[child.parent, { size: 1 }]]);
  });

  it("gives ids, outputs of the test's choice, and those named secret as secrets", async () => {
    await Recorder.start({ outputs: ({ name }) => ({ token: `${name}-token` }) });
    const open = new Thing("open", { size: 1 });
    const closed = new Thing("closed", { size: 1 }, { additionalSecretOutputs: ["token"] });

    await expect(resolved(open.id)).resolves.toBe("open-id");
    await expect(resolved(closed.token)).resolves.toBe("closed-token");
    await expect(pulumi.isSecret(open.token)).resolves.toBe(false);
    await expect(pulumi.isSecret(closed.token)).resolves.toBe(true);
  });

  it("keeps looking after resources that are declared after it was asked", async () => {
    const recorder = await Recorder.start();
    new Thing("first", {});
    await recorder.settled();
    new Thing("second", {});

    const found = await recorder.ofType("test:index:Thing");

    expect(found.map(({ name }) => name)).toEqual(["first", "second"]);
  });

  it("lists what there is when the registration asked for is not there once", async () => {
    const recorder = await Recorder.start();
    new Thing("one", {});

    await expect(recorder.only("test:index:Thing", "two")).rejects.toThrow(
      "expected one test:index:Thing two, got 0 among test:index:Thing 'one'",
    );
  });
});
