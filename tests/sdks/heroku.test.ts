import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as heroku from "@pulumiverse/heroku";
import { Recorder, resolved } from "../support/recorder";
import { resourceClasses } from "../support/sdk-conformance";

const sdk = join(__dirname, "../../sdks/heroku");

describe("@pulumiverse/heroku", () => {
  it("binds the resources that the program needs", () => {
    expect(resourceClasses().map(([token]) => token)).toEqual([
      "heroku:addon/addon:Addon",
      "heroku:addon/attachment:Attachment",
      "heroku:app/app:App",
      "heroku:app/configAssociation:ConfigAssociation",
      "heroku:app/feature:Feature",
      "heroku:app/webhook:Webhook",
      "heroku:collaborator/collaborator:Collaborator",
      "heroku:domain/domain:Domain",
      "heroku:drain/drain:Drain",
      "heroku:formation/formation:Formation",
      "heroku:pipeline/coupling:Coupling",
      "heroku:pipeline/pipeline:Pipeline",
      "heroku:ssl/ssl:Ssl",
    ]);
  });

  it("names the same plugin in package.json, for set-up, as in every resource's options", async () => {
    const recorder = await Recorder.start();
    new heroku.pipeline.Pipeline("pipeline");

    const { options } = await recorder.only("heroku:pipeline/pipeline:Pipeline");
    const { version, pulumi: plugin } = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8"));

    expect(plugin).toEqual({ resource: true, name: "heroku", version, server: options.pluginDownloadURL });
    expect(options.version).toBe(version);
  });
});

describe("Provider", () => {
  it("sends nested settings as JSON, and the key and the headers as secrets", async () => {
    const recorder = await Recorder.start();
    const provider = new heroku.Provider("heroku", {
      apiKey: "key",
      customizations: [{ setAppAllConfigVarsInState: false }],
      delays: { postAppCreateDelay: pulumi.output(0) },
      headers: '{"X-Team":"1"}',
      url: "http://localhost:5075",
    });

    const registration = await recorder.only("pulumi:providers:heroku");

    expect(registration.inputs).toEqual({
      apiKey: "key",
      customizations: '[{"setAppAllConfigVarsInState":false}]',
      delays: '{"postAppCreateDelay":0}',
      headers: '{"X-Team":"1"}',
      url: "http://localhost:5075",
    });
    expect(registration.secrets).toEqual(["apiKey", "headers"]);
    expect(registration.options).toMatchObject({
      version: "1.0.4",
      pluginDownloadURL: "github://api.github.com/pulumiverse",
      additionalSecretOutputs: ["apiKey", "headers"],
    });
    await expect(pulumi.isSecret(provider.apiKey)).resolves.toBe(true);
  });

  it("sends nothing when nothing is given, so that environment variables count", async () => {
    const recorder = await Recorder.start();
    new heroku.Provider("heroku");

    expect(await recorder.only("pulumi:providers:heroku")).toMatchObject({ inputs: {}, secrets: [] });
  });

  it("is told apart from resources", () => {
    const provider = new heroku.Provider("heroku");

    expect(
      [provider, new heroku.pipeline.Pipeline("p"), undefined].map((one) => heroku.Provider.isInstance(one)),
    ).toEqual([true, false, false]);
  });
});

describe("App", () => {
  it("goes to the provider given, with a program's own options above the package's", async () => {
    const recorder = await Recorder.start();
    const provider = new heroku.Provider("heroku");
    new heroku.app.App("web", { region: "eu" }, { provider, version: "1.0.5", additionalSecretOutputs: ["gitUrl"] });

    const { options, provider: reference } = await recorder.only("heroku:app/app:App");

    expect(reference).toBe(`${await resolved(provider.urn)}::heroku-id`);
    expect(options.version).toBe("1.0.5");
    expect(options.additionalSecretOutputs).toEqual(["allConfigVars", "configVars", "sensitiveConfigVars", "gitUrl"]);
  });

  it("gives every config var back as a secret and the address in the open", async () => {
    await Recorder.start({ outputs: () => ({ allConfigVars: { KEY: "value" }, webUrl: "http://web.localhost/" }) });
    const app = new heroku.app.App("web", { region: "eu" });

    await expect(resolved(app.webUrl)).resolves.toBe("http://web.localhost/");
    await expect(pulumi.isSecret(app.webUrl)).resolves.toBe(false);
    await expect(pulumi.isSecret(app.allConfigVars)).resolves.toBe(true);
  });

  it("names the argument that is missing at run time, where no compiler looked", () => {
    expect(() => Reflect.construct(heroku.app.App, ["web", { name: "web" }])).toThrow(
      new Error("heroku:app/app:App 'web' needs the property 'region', got undefined; give it a value"),
    );
  });

  it("cannot be given what Heroku computes", async () => {
    const recorder = await Recorder.start();
    Reflect.construct(heroku.app.App, ["web", { region: "eu", webUrl: "http://elsewhere/" }]);

    expect((await recorder.only("heroku:app/app:App")).inputs).toEqual({ region: "eu" });
  });
});
