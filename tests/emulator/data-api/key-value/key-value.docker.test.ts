import { createClient } from "redis";
import { TestInstance } from "../../docker/test-instance";

let test: TestInstance;
let mini: { name: string; config: Record<string, string> };

beforeAll(async () => {
  test = await TestInstance.start();
  await test.addApp("cached");
  mini = await test.addAddon("cached", "heroku-redis:mini");
});

afterAll(async () => {
  await test?.destroy();
  expect(await test?.leftovers()).toEqual([]);
});

async function connect(url: string | undefined) {
  const client = createClient({
    url: url ?? "",
    socket: { tls: true, rejectUnauthorized: false, reconnectStrategy: false },
  });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function ask<T>(
  url: string | undefined,
  question: (client: Awaited<ReturnType<typeof connect>>) => Promise<T>,
): Promise<T> {
  const client = await connect(url);
  try {
    return await question(client);
  } finally {
    client.destroy();
  }
}

const urlOf = async () => (await test.call<Record<string, string>>("GET", "/apps/cached/config-vars")).REDIS_URL;

describe("Heroku Key-Value Store", () => {
  it("provisions a store that accepts only TLS connections with its password", async () => {
    const url = mini.config.REDIS_URL ?? "";
    expect(url).toMatch(/^rediss:\/\/:p[0-9a-f]{64}@[\d.]+:6379$/);
    expect(await ask(url, (client) => client.ping())).toBe("PONG");
    await expect(connect(url.replace(/:p[0-9a-f]+@/, ":wrong@"))).rejects.toThrow(/WRONGPASS/);
    const plain = createClient({ url: url.replace("rediss:", "redis:"), socket: { reconnectStrategy: false } });
    plain.on("error", () => {});
    await expect(plain.connect()).rejects.toThrow();
  });

  it("refuses connections and data beyond the plan's limits", async () => {
    const clients: Awaited<ReturnType<typeof connect>>[] = [];
    try {
      for (let count = 0; count < 20; count++) clients.push(await connect(mini.config.REDIS_URL));
      await expect(connect(mini.config.REDIS_URL)).rejects.toThrow();
    } finally {
      for (const client of clients) client.destroy();
    }
    await test.until(async () => {
      const info = await test.call<{ info: { name: string; values: string[] }[] }>(
        "GET",
        `/redis/v0/databases/${mini.name}`,
      );
      return info.info.some(({ name, values }) => name === "Connections" && values[0] === "0/20");
    });
    await expect(
      ask(mini.config.REDIS_URL, async (client) => {
        for (let key = 0; key < 30; key++) await client.set(`big ${key}`, "x".repeat(1_000_000));
      }),
    ).rejects.toThrow(/OOM/);
  });

  it("PATCH /redis/v0/databases/:db/config applies to the running server", async () => {
    const path = `/redis/v0/databases/${mini.name}/config`;
    expect(await test.call("GET", path)).toMatchObject({
      maxmemory_policy: { value: "noeviction" },
      timeout: { value: 300 },
      notify_keyspace_events: { value: "" },
    });
    const wanted = { maxmemory_policy: "allkeys-lru", timeout: 60, notify_keyspace_events: "Ex" };
    expect(await test.call("PATCH", path, wanted)).toMatchObject({
      maxmemory_policy: { value: "allkeys-lru" },
      timeout: { value: 60 },
      notify_keyspace_events: { value: "Ex" },
    });
    const settings = await ask(mini.config.REDIS_URL, async (client) => ({
      ...(await client.configGet("maxmemory-policy")),
      ...(await client.configGet("timeout")),
      ...(await client.configGet("notify-keyspace-events")),
    }));
    expect(settings).toEqual({ "maxmemory-policy": "allkeys-lru", timeout: "60", "notify-keyspace-events": "xE" });
  });

  it.each([
    [{ maxmemory_policy: "evict-all" }, /^Invalid maxmemory_policy; it must be one of noeviction, allkeys-lru, /],
    [{ timeout: -1 }, /^Invalid timeout; it must be a whole number of seconds, 0 or more\.$/],
    [{ notify_keyspace_events: "Q" }, /^Invalid notify_keyspace_events; use letters of /],
  ])("PATCH /redis/v0/databases/:db/config refuses %j", async (body, message) => {
    expect(await test.call("PATCH", `/redis/v0/databases/${mini.name}/config`, body, [422])).toEqual({
      id: "invalid_params",
      message: expect.stringMatching(message),
    });
  });

  it("keeps data of a premium plan and settings in a new container; a larger plan has more memory", async () => {
    await test.call("PATCH", `/apps/cached/addons/${mini.name}`, { plan: "heroku-redis:premium-0" });
    await test.until(
      async () =>
        (await ask(mini.config.REDIS_URL, (client) => client.configGet("maxmemory"))).maxmemory ===
        String(50 * 2 ** 20),
    );
    await ask(mini.config.REDIS_URL, (client) => client.set("kept", "yes"));
    await test.close();
    const [container] = await test.docker.listContainers({
      filters: JSON.stringify({ label: ["local-heroku.role=redis", `local-heroku.instance=${test.id}`] }),
    });
    await test.docker.getContainer(container?.Id ?? "").stop();
    await test.docker.getContainer(container?.Id ?? "").remove();
    await test.reopen();
    await test.until(
      async () => (await ask(mini.config.REDIS_URL, (client) => client.get("kept")).catch(() => "")) === "yes",
    );
    expect(await ask(mini.config.REDIS_URL, (client) => client.configGet("timeout"))).toEqual({ timeout: "60" });
  });

  it("POST …/credentials_rotation releases a new URL and ends the sessions of the old one", async () => {
    const former = await urlOf();
    const session = await connect(former);
    const ended = new Promise<void>((resolve) => session.on("error", () => resolve()));
    await test.call("POST", `/redis/v0/databases/${mini.name}/credentials_rotation`);
    await ended;
    await expect(connect(former)).rejects.toThrow(/WRONGPASS/);
    expect(await urlOf()).not.toBe(former);
    expect(await ask(await urlOf(), (client) => client.get("kept"))).toBe("yes");
  });

  it("leaves nothing of a destroyed store", async () => {
    await test.call("DELETE", `/apps/cached/addons/${mini.name}`);
    await test.until(async () => !(await test.leftovers()).some((name) => name.includes("redis")));
  });
});
