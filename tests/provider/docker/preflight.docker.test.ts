import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Docker from "dockerode";
import { type PreflightOrder, preflight } from "../../../provider/docker/preflight";
import { TRIAL_LABEL } from "../../../provider/docker/trial";

/** A web server whose answer to /health, and what it does before, its environment decides. */
const server = String.raw`use strict; use IO::Socket::INET; $| = 1; my @open;
if ($ENV{WRITES}) { open(my $file, '>', $ENV{WRITES}) or die "cannot write $ENV{WRITES}: $!\n" }
if ($ENV{MEMORY}) { my $ballast = 'x' x ($ENV{MEMORY} * 1024 * 1024); print length $ballast, "\n" }
my $port = $ENV{MUTE} ? 1024 : $ENV{PORT};
print "serving as $>:", $) + 0, " with SECRET_KEY of ", length($ENV{SECRET_KEY} // ''), "\n";
my $server = IO::Socket::INET->new(Listen => 5, LocalPort => $port, ReuseAddr => 1) or die "bind: $!";
while (my $client = $server->accept) {
  my $head = '';
  while (my $line = <$client>) { last if $line =~ /^\r?\n$/; $head .= $line }
  if ($ENV{SILENT}) { push @open, $client; next }
  my $status = $head =~ m{^GET /health } ? $ENV{STATUS} // '200 OK' : '404 Not Found';
  print $client "HTTP/1.1 $status\r\nConnection: close\r\n\r\n", $ENV{BODY} // "ok", "\n", $head;
  close $client;
}
`;
const DOCKERFILE = `FROM debian:trixie-slim AS site
COPY serve.pl /
USER 10001:10001
FROM site AS web
CMD ["perl", "/serve.pl"]
`;

describe("preflight", () => {
  const folders: string[] = [];
  const warnings: string[] = [];
  const operation = {
    signal: new AbortController().signal,
    progress: () => {},
    tell: async (m: string) => void warnings.push(m),
  };

  const order = (dockerfile: string, more: Partial<PreflightOrder> = {}): PreflightOrder => {
    const context = mkdtempSync(join(tmpdir(), "preflight-"));
    folders.push(context);
    writeFileSync(join(context, "serve.pl"), server);
    writeFileSync(join(context, "Dockerfile"), dockerfile);
    return {
      processType: "web",
      context,
      dockerfile: "Dockerfile",
      shownAs: "app/Dockerfile",
      healthPath: "/health",
      memoryLimit: 64,
      sizeLimit: 1_000,
      environment: {},
      placeholders: ["SECRET_KEY"],
      ...more,
    };
  };
  const refusal = async (dockerfile: string, more: Partial<PreflightOrder> = {}, timeout = 20_000): Promise<string> =>
    preflight(order(dockerfile, more), operation, timeout).then(
      () => "",
      (error: Error) => error.message,
    );
  const env = (environment: Record<string, string>) => ({ environment });

  beforeEach(() => warnings.splice(0));

  afterEach(async () => {
    const filters = { label: [TRIAL_LABEL] };
    const own = await new Docker().listContainers({ all: true, filters });
    expect(own.filter(({ Command }) => Command.includes("serve.pl"))).toEqual([]);
  });

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it("passes an image that a dyno could run, and answers its id and size", async () => {
    const { imageId, sizeMb } = await preflight(order(DOCKERFILE), operation);
    const { Id } = await new Docker().getImage(imageId).inspect();
    expect([Id, sizeMb > 50, warnings]).toEqual([imageId, true, []]);
  });

  it("passes one that says its services are not there", async () => {
    expect(await refusal(DOCKERFILE, env({ STATUS: "503 Service Unavailable" }))).toBe("");
  });

  it("refuses all that is wrong with an image at once, each with its line", async () => {
    const dockerfile = "FROM debian:trixie-slim AS site\nUSER root\nVOLUME /data\nFROM site AS web\n";
    expect(await refusal(dockerfile, { sizeLimit: 10 })).toMatch(
      /^image of process type "web" is not fit for Heroku, 4 faults:\n- app\/Dockerfile line 4: FROM site AS web must have a command, got that of its base image, "bash"; add a CMD, .*\n- app\/Dockerfile line 2: USER root must not be root, got "root"; name another user, .*\n- app\/Dockerfile line 1: FROM debian:trixie-slim AS site makes \d+ MB of an image that must be at most 10 MB, got \d+ MB; make it smaller, or raise preflight.sizeLimit\n- app\/Dockerfile line 4: FROM site AS web must keep running and listen on \$PORT, got exit code 0; correct what it says$/,
    );
    expect(warnings).toEqual(["app/Dockerfile line 3: VOLUME /data is ignored by Heroku"]);
  });

  it("refuses an image for another machine", async () => {
    const dockerfile = DOCKERFILE.replace("debian:trixie-slim", "--platform=linux/arm64 scratch");
    expect(await refusal(dockerfile)).toBe(
      'image of process type "web" is not fit for Heroku:\n' +
        "- app/Dockerfile line 1: FROM --platform=linux/arm64 scratch AS site must make an image for linux/amd64, " +
        "got linux/arm64; take --platform out",
    );
  });

  it.each([
    [
      "redirects",
      { STATUS: "301 Moved\r\nLocation: https://example.com/health" },
      "- /health must answer 200, or 503 without its services, got 301 Moved to https://example.com/health; " +
        "let it answer without a redirect",
    ],
    [
      "is broken",
      { STATUS: "500 Oops", BODY: "it broke" },
      "- /health must answer 200, or 503 without its services, got 500 Oops: it broke; see the app's last lines",
    ],
  ])("refuses a health route that %s", async (_what, environment, message) => {
    expect(await refusal(DOCKERFILE, { environment })).toBe(
      `image of process type "web" is not fit for Heroku:\n${message}\n    serving as 47113:47113 with SECRET_KEY of 64`,
    );
  });

  it("refuses a health path that is not there", async () => {
    expect(await refusal(DOCKERFILE, { healthPath: "/healthz", ...env({ BODY: "nothing here" }) })).toContain(
      "- /healthz must answer 200, or 503 without its services, got 404 Not Found: nothing here; " +
        "correct healthPath, or add the route\n",
    );
  });

  it("refuses an image that listens elsewhere, and one that listens and says nothing", async () => {
    expect(await refusal(DOCKERFILE, env({ MUTE: "1" }), 1_500)).toMatch(
      /- app\/Dockerfile line 5: CMD \["perl", "\/serve.pl"\] must listen on 0\.0\.0\.0:\$PORT within 1\.5 s, got no listener on PORT=\d+; make it read PORT from the environment\n/,
    );
    expect(await refusal(DOCKERFILE, env({ SILENT: "1" }), 1_500)).toContain(
      '- app/Dockerfile line 5: CMD ["perl", "/serve.pl"] must answer /health within 1.5 s, got a connection and no answer; ' +
        "see its last lines\n    serving as",
    );
  });

  it("refuses one that ends, with its last lines", async () => {
    const dockerfile = DOCKERFILE.replace('["perl", "/serve.pl"]', "echo no settings; exit 3");
    expect(await refusal(dockerfile)).toBe(
      'image of process type "web" is not fit for Heroku:\n' +
        "- app/Dockerfile line 5: CMD echo no settings; exit 3 must keep running and listen on $PORT, got exit code 3; " +
        "correct what it says\n    no settings",
    );
  });

  it("refuses one whose command is not there", async () => {
    expect(await refusal(DOCKERFILE.replace('"perl"', '"pearl"'))).toContain(
      '- app/Dockerfile line 5: CMD ["pearl", "/serve.pl"] must start, got "exec: "pearl": executable file not found',
    );
  });

  it("refuses one that writes beside /tmp", async () => {
    expect(await refusal(DOCKERFILE, env({ WRITES: "/tmp/x" }))).toBe("");
    const dockerfile = DOCKERFILE.replace("COPY", "RUN mkdir -m 777 /data\nCOPY");
    expect(await refusal(dockerfile, env({ WRITES: "/data/x" }))).toBe(
      'image of process type "web" is not fit for Heroku:\n' +
        '- app/Dockerfile line 6: CMD ["perl", "/serve.pl"] must keep running and listen on $PORT, got exit code 30; ' +
        "correct what it says\n  (only /tmp can be written: let it write there)\n" +
        "    cannot write /data/x: Read-only file system",
    );
  });

  it("refuses one that needs more memory than its dyno has", async () => {
    expect(await refusal(DOCKERFILE, env({ MEMORY: "200" }))).toMatch(
      /- app\/Dockerfile line 5: CMD .* must run in 64 MB, got out of memory; let it use less, or choose a larger dyno size/,
    );
  });

  it("runs a check in the image of the release, and misses curl there", async () => {
    const release = { processType: "release", ...env({ FAULT: "W004" }) };
    const passed = "test $(printenv SECRET_KEY | wc -c) = 65 && test -w /tmp && ! touch /x";
    expect(await refusal(DOCKERFILE, { ...release, releaseCheck: passed })).toBe("");
    expect(warnings).toEqual([
      "app/Dockerfile line 4: FROM site AS web holds no curl, and without it Heroku shows no output while it runs",
    ]);
    expect(await refusal(DOCKERFILE, { ...release, releaseCheck: "echo found $FAULT; exit 1" })).toBe(
      'image of process type "release" is not fit for Heroku:\n' +
        '- preflight.releaseCheck "echo found $FAULT; exit 1" must succeed in this image, got exit code 1; ' +
        "correct what it finds\n    found W004",
    );
  });

  it("names the step of the build that failed, in whichever stage, and shows what it printed", async () => {
    const dockerfile = DOCKERFILE.replace("USER", "COPY --from=made /made /\nUSER");
    const broken = `FROM debian:trixie-slim AS made\nRUN echo no such \\\n package; exit 7\n${dockerfile}`;
    expect(await refusal(broken)).toMatch(
      /^app\/Dockerfile line 2: RUN echo no such package; exit 7 cannot be built, got "executor failed running .*exit code: 7"; correct it\n {4}no such package$/,
    );
  });

  it("holds nothing open that keeps its process alive", async () => {
    const script = `
      const { preflight } = require("./provider/docker/preflight");
      const operation = { signal: new AbortController().signal, progress() {}, async tell() {} };
      preflight(JSON.parse(process.argv[1]), operation).then(({ sizeMb }) => console.log(sizeMb > 50));`;
    const dockerfile = DOCKERFILE.replace("USER", "RUN touch /bin/curl /usr/bin/curl\nUSER");
    const given = JSON.stringify(order(dockerfile, { processType: "release", releaseCheck: "true" }));
    const root = join(__dirname, "../../..");
    const args = ["--require", "sucrase/register/ts", "--eval", script, given];
    expect((await promisify(execFile)(process.execPath, args, { cwd: root })).stdout).toBe("true\n");
  });

  it("ends and leaves no container when it is cancelled", async () => {
    const stop = new AbortController();
    const booting = preflight(order(DOCKERFILE, env({ SILENT: "1" })), {
      ...operation,
      signal: stop.signal,
      progress: (message) => message.startsWith("booting") && setTimeout(() => stop.abort(new Error("cancelled")), 500),
    });
    await expect(booting).rejects.toThrow("cancelled");
  });
});
