import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { preflight } from "../../../provider/docker/preflight";
import { DOCKERFILE, PreflightFixture } from "../support/preflight-fixture";

describe("preflight of a process", () => {
  let fixture: PreflightFixture;

  beforeEach(() => {
    fixture = new PreflightFixture();
  });
  afterEach(async () => expect(await fixture.close()).toEqual([]));

  it("refuses one that ends, with its last lines", async () => {
    const dockerfile = DOCKERFILE.replace('["perl", "/serve.pl"]', "echo no settings; exit 3");
    expect(await fixture.refusal(dockerfile)).toBe(
      'image of process type "web" is not fit for Heroku:\n' +
        "- app/Dockerfile line 5: CMD echo no settings; exit 3 must keep running and listen on $PORT, got exit code 3; " +
        "correct what it says\n    no settings",
    );
  });

  it("refuses one whose command is not there", async () => {
    expect(await fixture.refusal(DOCKERFILE.replace('"perl"', '"pearl"'))).toContain(
      '- app/Dockerfile line 5: CMD ["pearl", "/serve.pl"] must start, got "exec: "pearl": executable file not found',
    );
  });

  it("refuses one that writes beside /tmp", async () => {
    expect(await fixture.refusal(DOCKERFILE, { environment: { WRITES: "/tmp/x" } })).toBe("");
    const dockerfile = DOCKERFILE.replace("COPY", "RUN mkdir -m 777 /data\nCOPY");
    expect(await fixture.refusal(dockerfile, { environment: { WRITES: "/data/x" } })).toBe(
      'image of process type "web" is not fit for Heroku:\n' +
        '- app/Dockerfile line 6: CMD ["perl", "/serve.pl"] must keep running and listen on $PORT, got exit code 30; ' +
        "correct what it says\n  (only /tmp can be written: let it write there)\n" +
        "    cannot write /data/x: Read-only file system",
    );
  });

  it("refuses one that needs more memory than its dyno has", async () => {
    expect(await fixture.refusal(DOCKERFILE, { environment: { MEMORY: "200" } })).toMatch(
      /- app\/Dockerfile line 5: CMD .* must run in 64 MB, got out of memory; let it use less, or choose a larger dyno size/,
    );
  });

  it("runs a check in the image of the release, and misses curl there", async () => {
    const release = { processType: "release", environment: { FAULT: "W004" } };
    const passed = "test $(printenv SECRET_KEY | wc -c) = 65 && test -w /tmp && ! touch /x";
    expect(await fixture.refusal(DOCKERFILE, { ...release, releaseCheck: passed })).toBe("");
    expect(fixture.warnings).toEqual([
      "app/Dockerfile line 4: FROM site AS web holds no curl, and without it Heroku shows no output while it runs",
    ]);
    expect(await fixture.refusal(DOCKERFILE, { ...release, releaseCheck: "echo found $FAULT; exit 1" })).toBe(
      'image of process type "release" is not fit for Heroku:\n' +
        '- preflight.releaseCheck "echo found $FAULT; exit 1" must succeed in this image, got exit code 1; ' +
        "correct what it finds\n    found W004",
    );
  });

  it("holds nothing open that keeps its process alive", async () => {
    const script = `
      const { preflight } = require("./provider/docker/preflight");
      const operation = { signal: new AbortController().signal, progress() {}, async tell() {} };
      preflight(JSON.parse(process.argv[1]), operation).then(({ sizeMb }) => console.log(sizeMb > 50));`;
    const dockerfile = DOCKERFILE.replace("USER", "RUN touch /bin/curl /usr/bin/curl\nUSER");
    const given = JSON.stringify(fixture.order(dockerfile, { processType: "release", releaseCheck: "true" }));
    const root = join(__dirname, "../../..");
    const args = ["--require", "sucrase/register/ts", "--eval", script, given];
    expect((await promisify(execFile)(process.execPath, args, { cwd: root })).stdout).toBe("true\n");
  });

  it("ends and leaves no container when it is cancelled", async () => {
    const stop = new AbortController();
    const booting = preflight(fixture.order(DOCKERFILE, { environment: { SILENT: "1" } }), {
      ...fixture.operation,
      signal: stop.signal,
      progress: (message) => message.startsWith("booting") && setTimeout(() => stop.abort(new Error("cancelled")), 500),
    });
    await expect(booting).rejects.toThrow("cancelled");
  });
});
