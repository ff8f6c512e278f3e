import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithCliAndBuilder } from "../../support/heroku-cli";
import { get } from "../docker/http-get";
import { buildWebImage, removeImages } from "../docker/test-image";
import { CliFixture } from "./cli-fixture";

const BASE = "local-heroku-test-container-push";

describeWithCliAndBuilder("Heroku's CLI with the container registry", () => {
  let cli: CliFixture;
  let test: CliFixture["test"];
  let heroku: CliFixture["heroku"];
  let context: string;
  const repository = (type: string) => `${test.host}/canvas/${type}`;

  beforeAll(async () => {
    context = mkdtempSync(join(tmpdir(), "container-push-"));
    cli = await CliFixture.open();
    ({ test, heroku } = cli);
    await test.addApp("canvas");
    await test.call("POST", "/apps", { name: "no-container", stack: "heroku-24" });
    await buildWebImage(BASE);
    writeFileSync(join(context, "Dockerfile.web"), `FROM ${BASE}\n`);
    writeFileSync(join(context, "Dockerfile.worker"), `FROM ${BASE}\nCMD ["/bin/sh", "-c", "exec sleep 600"]\n`);
    writeFileSync(join(context, "Dockerfile.release"), `FROM ${BASE}\nCMD ["/bin/sh", "-c", "echo migrated"]\n`);
  });

  afterAll(async () => {
    rmSync(context, { recursive: true, force: true });
    await cli?.destroy();
    await removeImages(...["web", "worker", "release"].map(repository), BASE);
  });

  it("container:login stores the key, container:push builds and pushes each Dockerfile", async () => {
    expect(await heroku.run("container:login")).toContain("Login Succeeded");
    heroku.folder = context;
    const pushed = await heroku.run("container:push", "--recursive", "-a", "canvas");
    expect(pushed).toContain(`=== Pushing web (${join(context, "Dockerfile.web")})`);
    expect(pushed).toContain(`The push refers to repository [${repository("worker")}]`);
    expect(pushed).toContain("Your images have been successfully pushed.");
    expect(await heroku.fail("container:push", "web", "-a", "no-container")).toContain(
      "This command is for Docker apps only",
    );
  });

  it("container:release runs the release phase, prints its output and starts the dynos", async () => {
    const released = await heroku.run("container:release", "web", "worker", "release", "-a", "canvas");
    expect(released).toContain("Releasing images web,worker,release to canvas... done");
    expect(released).toContain("Running release command...\nmigrated");
    expect(await heroku.run("releases", "-a", "canvas")).toMatch(/v3 +Deployed .*web \([\da-f]{12}\)/);
    await test.until(async () => (await get(test.url, { Host: `canvas.localhost:${test.port}` })).status === 200);
    expect(await heroku.fail("container:release", "clock", "-a", "canvas")).toContain("Error");
  });

  it("container:pull brings the image back", async () => {
    await removeImages(repository("web"));
    expect(await heroku.run("container:pull", "web", "-a", "canvas")).toContain(`${repository("web")}:latest`);
  });

  it("container:rm removes the process type's image", async () => {
    await heroku.run("ps:scale", "worker=1:basic", "-a", "canvas");
    expect(await heroku.run("container:rm", "worker", "-a", "canvas")).toContain(
      "Removing container worker for canvas... done",
    );
    await test.until(async () => !(await heroku.run("ps", "-a", "canvas")).includes("worker.1"));
    expect(await heroku.run("container:logout")).toContain(`Removing login credentials for ${test.host}`);
  });
});
