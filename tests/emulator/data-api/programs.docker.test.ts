import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { TestInstance } from "../docker/test-instance";

const run = promisify(execFile);

/** The servers' own clients, from the image of the data services. */
describe("psql and valkey-cli", () => {
  let test: TestInstance;
  let image: string;

  beforeAll(async () => {
    test = await TestInstance.start();
    await test.addApp("sketch");
    const filters = JSON.stringify({ label: [`local-heroku.instance=${test.id}`] });
    const [container] = await test.docker.listContainers({ filters });
    image = container?.Image ?? "";
  });
  afterAll(() => test?.destroy());

  const inImage = async (...command: string[]) =>
    (await run("docker", ["run", "--rm", "--network", "host", image, ...command])).stdout;

  it("reach the server behind DATABASE_URL, encrypted", async () => {
    const { config } = await test.addAddon("sketch", "heroku-postgresql");
    const url = `${config.DATABASE_URL}?sslmode=require`;
    const sql = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";

    expect(await inImage("psql", url, "--tuples-only", "--no-align", "--command", sql)).toBe("t\n");
    await expect(inImage("psql", url.replace(/:[^:@]+@/, ":wrong@"), "--command", sql)).rejects.toThrow(
      /password authentication failed/,
    );
  });

  it("reach the server behind REDIS_URL, encrypted", async () => {
    const { config } = await test.addAddon("sketch", "heroku-redis");
    const { hostname, port, password } = new URL(config.REDIS_URL ?? "");
    // For a URL without a user, it uses an empty user name.
    const cli = (key: string, ...command: string[]) =>
      inImage("valkey-cli", "--tls", "--insecure", "-h", hostname, "-p", port, "--pass", key, ...command);

    expect(await cli(password, "set", "colour", "red")).toBe("OK\n");
    expect(await cli(password, "get", "colour")).toBe("red\n");
    expect(await cli("wrong", "get", "colour")).toContain("NOAUTH");
  });
});
