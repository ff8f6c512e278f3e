import Docker from "dockerode";
import { preflight } from "../../../../provider/docker/preflight/preflight";
import { TRIAL_LABEL } from "../../../../provider/docker/preflight/trial";
import { DOCKERFILE, PreflightFixture } from "../../support/preflight-fixture";

/** Needs the clients of both services, which an app's image brings itself. */
const CLIENTS = `FROM debian:trixie-slim AS clients
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client valkey-tools && rm -rf /var/lib/apt/lists/*
`;
const POSTGRES = 'psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -Atc';
const services = { postgres: ["DATABASE_URL", "OTHER_URL"], redis: ["REDIS_URL"] };

describe("preflight with data services", () => {
  let fixture: PreflightFixture;

  beforeEach(() => {
    fixture = new PreflightFixture();
  });
  afterEach(async () => expect(await fixture.close()).toEqual([]));

  const app = (release: string, web = "exec perl /serve.pl") =>
    `${CLIENTS}COPY serve.pl /\nUSER 10001\nFROM clients AS release\nCMD ${release}\nFROM clients AS web\nCMD ${web}\n`;
  const types = { release: "release", web: "web" };

  it("runs the release phase on an empty database before the web process boots on it", async () => {
    const release = `${POSTGRES} "CREATE TABLE strokes (colour text)"`;
    const web = `${POSTGRES} "INSERT INTO strokes VALUES ('red')" && exec perl /serve.pl`;

    expect(await fixture.refusal(app(release, web), { services }, types)).toBe("");
  });

  it("gives each config var a database of its own, over TLS only", async () => {
    const release = [
      `${POSTGRES} "CREATE TABLE one (a int)"`,
      'psql "$OTHER_URL" -v ON_ERROR_STOP=1 -Atc "CREATE TABLE one (a int)"',
      '! psql "$DATABASE_URL?sslmode=disable" -c "SELECT 1"',
    ].join(" && ");

    expect(await fixture.refusal(app(release), { services }, types)).toBe("");
  });

  it("serves Redis over TLS with a password", async () => {
    // The command-line client cannot read a URL without a user name, as Heroku's are.
    const client = "valkey-cli --insecure -h redis.preflight";
    const password = '"$(echo $REDIS_URL | sed s,.*//:,, | cut -d@ -f1)"';
    const release = `${client} --tls -a ${password} set board 1 | grep OK && ! ${client} get board && ! ${client} --tls get board | grep 1`;

    expect(await fixture.refusal(app(release), { services }, types)).toBe("");
  });

  it("boots nothing on what the release phase left behind when it failed", async () => {
    const message = await fixture.refusal(app("echo relation missing; exit 1"), { services }, types);

    expect(message).toBe(
      "the app is not ready for Heroku:\n" +
        "- release: app/Dockerfile line 6: CMD echo relation missing; exit 1 must succeed, got exit code 1; correct what it reports\n" +
        "    relation missing\n" +
        "to release all the same: preflight.skip: [release]",
    );
  });

  it("leaves no container and no network", async () => {
    await fixture.refusal(app("true"), { services }, types);
    const docker = new Docker();
    const filters = { label: [TRIAL_LABEL] };

    expect(await docker.listNetworks({ filters })).toEqual([]);
    expect(await docker.listContainers({ all: true, filters })).toEqual([]);
  });

  it("starts none for an app that uses none", async () => {
    const progress: string[] = [];
    const operation = { ...fixture.operation, progress: (line: string) => void progress.push(line) };

    await preflight(fixture.order(DOCKERFILE), operation);

    expect(progress.filter((line) => line.includes("services"))).toEqual([]);
  });
});
