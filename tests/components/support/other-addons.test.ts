import * as heroku from "@pulumiverse/heroku";
import { otherAddons } from "../../../components/support/other-addons";
import { Recorder } from "../../support/recorder";

describe("otherAddons", () => {
  it("creates an add-on for each plan, named after its service, and protects it as it is told", async () => {
    const recorder = await Recorder.start();
    const provider = new heroku.Provider("heroku-app", {});

    otherAddons(["scheduler:standard", "papertrail:choklad"], "app-id", { providers: [provider], protect: true });

    const addons = await recorder.ofType("heroku:addon/addon:Addon");
    expect(addons.map(({ name, inputs }) => [name, inputs])).toEqual([
      ["addon-scheduler", { appId: "app-id", plan: "scheduler:standard" }],
      ["addon-papertrail", { appId: "app-id", plan: "papertrail:choklad" }],
    ]);
  });
});
