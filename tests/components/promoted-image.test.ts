import * as pulumi from "@pulumi/pulumi";
import { PromotedImage } from "../../components/promoted-image";
import { Recorder, resolved } from "../support/recorder";

const source = `registry.heroku.com/dev/web@sha256:${"a".repeat(64)}`;

describe("PromotedImage", () => {
  let recorder: Recorder;
  beforeEach(async () => {
    recorder = await Recorder.start({ outputs: () => ({ reference: "copied", summary: "from dev" }) });
  });

  it("copies the image, also if its source is an Output", async () => {
    const later = pulumi.output(source);
    const image = new PromotedImage("web", { source: later, app: "prod", processType: "web", from: "dev" });
    const copy = await recorder.only("heroku-native:index:PromotedImage");
    expect(copy.inputs).toEqual({ source, app: "prod", processType: "web", from: "dev" });
    expect(copy.parent).toContain("skechwime:components:PromotedImage::web");
    expect(await resolved(image.reference)).toBe("copied");
    expect(await resolved(image.summary)).toBe("from dev");
  });

  it("reports every issue at once and registers nothing", async () => {
    const args = { source: "dev/web:latest", app: "prod", processType: "Web" };
    expect(() => new PromotedImage("web", args)).toThrow(
      /^PromotedImage cannot be created with these arguments:\n {2}source must be <registry>\/<app>\/<process type>@sha256:<64 hex digits>, got "dev\/web:latest"; copy it from the output image.references of a stack\n {2}processType must be at most 128 lower-case /,
    );
    expect(await recorder.settled()).toEqual([]);
  });
});
