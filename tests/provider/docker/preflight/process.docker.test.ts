import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { preflight } from "../../../../provider/docker/preflight/preflight";
import { DOCKERFILE, PreflightFixture } from "../../support/preflight-fixture";

const withCommand = (command: string) => DOCKERFILE.replace('["perl", "/serve.pl"]', command);

describe("preflight of processes", () => {
  let fixture: PreflightFixture;

  beforeEach(() => {
    fixture = new PreflightFixture();
  });
  afterEach(async () => expect(await fixture.close()).toEqual([]));

  it("refuses a web process that ends, with its last lines", async () => {
    expect(await fixture.refusal(withCommand("echo no settings; exit 3"))).toBe(
      "the app is not ready for Heroku:\n" +
        "- web: app/Dockerfile line 5: CMD echo no settings; exit 3 must keep running and listen on $PORT, got exit code 3; " +
        "correct what it reports\n    no settings\nto release all the same: preflight.skip: [boot]",
    );
  });

  it.each([
    ["fails after its imports", "sleep 1; echo no broker; exit 1", "must keep running, got exit code 1"],
    ["ends as if all were done", "exit 0", "must keep running, got exit code 0"],
  ])("refuses a worker that %s", async (_what, command, message) => {
    const types = { worker: undefined };

    expect(await fixture.refusal(withCommand(command), { settleTime: 3_000 }, types)).toContain(
      `- worker: app/Dockerfile line 5: CMD ${command} ${message}; correct what it reports`,
    );
  });

  it("accepts a worker that stays up", async () => {
    expect(await fixture.refusal(withCommand("exec sleep 60"), {}, { worker: undefined })).toBe("");
  });

  it("refuses one whose command is missing", async () => {
    expect(await fixture.refusal(DOCKERFILE.replace('"perl"', '"pearl"'))).toContain(
      '- web: app/Dockerfile line 5: CMD ["pearl", "/serve.pl"] must start, got "exec: "pearl": executable file not found',
    );
  });

  it("may write wherever its user may, as in a dyno", async () => {
    const dockerfile = DOCKERFILE.replace("COPY", "RUN mkdir -m 777 /data\nCOPY");

    expect(await fixture.refusal(dockerfile, { environment: { WRITES: "/data/x" } })).toBe("");
    expect(await fixture.refusal(DOCKERFILE, { environment: { WRITES: "/x" } })).toContain(
      "\n  (Heroku runs the image under a user id of its own: only /tmp and what is writable for everybody can be written)",
    );
  });

  it("replaces $PORT in a command that is an array, as Heroku does", async () => {
    const command = JSON.stringify(["sh", "-c", "test $0 -gt 1024 && exec perl /serve.pl", "$PORT"]);

    expect(await fixture.refusal(withCommand(command))).toBe("");
  });

  it("runs as a user that has a name", async () => {
    expect(await fixture.refusal(withCommand("test $(whoami) = dyno && exec perl /serve.pl"))).toBe("");
  });

  it.each([
    [
      "a script with Windows line endings",
      "COPY serve.pl /\nRUN printf '#!/bin/sh\\r\\nexec perl /serve.pl\\r\\n' > /start && chmod 755 /start",
      '["/start"]',
      "the script has Windows line endings, which make its interpreter unknown: save it with LF",
    ],
    [
      "a library that is missing",
      "COPY serve.pl /",
      "echo 'psql: error while loading shared libraries: libpq.so.5: cannot open'; exit 127",
      "the image lacks the library libpq.so.5: install the package that has it",
    ],
    [
      "a SQLite file that cannot be written",
      "COPY serve.pl /",
      "echo 'django.db.utils.OperationalError: unable to open database file'; exit 1",
      "SQLite needs a file that can be written, and a dyno loses its files with every restart: read DATABASE_URL",
    ],
    [
      "a host that Heroku does not have",
      "COPY serve.pl /",
      "echo 'could not translate host name \"db\" to address'; exit 1",
      'it connects to the host "db", which does not exist on Heroku: take the address from a config var, such as DATABASE_URL',
    ],
  ])("explains %s", async (_what, copy, command, hint) => {
    const dockerfile = withCommand(command).replace("COPY serve.pl /", copy);

    expect(await fixture.refusal(dockerfile)).toContain(`\n  (${hint})`);
  });

  it("refuses one that needs more memory than its dyno has", async () => {
    expect(await fixture.refusal(DOCKERFILE, { environment: { MEMORY: "200" } })).toMatch(
      /CMD .* must run in 64 MB, got out of memory; reduce what it needs, or choose a larger dyno size/,
    );
  });

  it("runs a check in the release image, and warns of missing curl there", async () => {
    const release = { environment: { FAULT: "W004" } };
    const types = { release: undefined };
    const dockerfile = withCommand("true");
    const passed = "test $(printenv SECRET_KEY | wc -c) = 65 && test -w /tmp && ! touch /x";

    expect(await fixture.refusal(dockerfile, { ...release, releaseCheck: passed }, types)).toBe("");
    expect(fixture.warnings).toEqual([
      "app/Dockerfile line 4: FROM site AS web has no curl, without which Heroku shows no output of the release phase",
    ]);
    expect(
      await fixture.refusal(dockerfile, { ...release, releaseCheck: "echo found $FAULT; exit 1" }, types),
    ).toContain(
      '- release: preflight.releaseCheck "echo found $FAULT; exit 1" must succeed, got exit code 1; correct what it finds\n' +
        "    found W004",
    );
  });

  it("leaves out what is turned off", async () => {
    expect(await fixture.refusal(withCommand("exit 3"), { skip: ["boot"] })).toBe("");
    expect(await fixture.refusal(withCommand("exit 3"), { skip: ["release"] }, { release: undefined })).toBe("");
  });

  it("keeps nothing open that would keep its process alive", async () => {
    const script = `
      const { preflight } = require("./provider/docker/preflight/preflight");
      const operation = { signal: new AbortController().signal, progress() {}, async tell() {} };
      preflight(JSON.parse(process.argv[1]), operation).then(({ web }) => console.log(web.sizeMb > 50));`;
    const order = fixture.order(DOCKERFILE, { services: { postgres: ["DATABASE_URL"], redis: ["REDIS_URL"] } });
    const root = join(__dirname, "../../../..");
    const args = ["--require", "sucrase/register/ts", "--eval", script, JSON.stringify(order)];

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
