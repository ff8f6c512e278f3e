import { Client } from "pg";
import { TestInstance } from "../../docker/test-instance";

let test: TestInstance;
let essential: { name: string; config: Record<string, string> };

beforeAll(async () => {
  test = await TestInstance.start();
  await test.addApp("data");
  essential = await test.addAddon("data", "heroku-postgresql:essential-0");
});

afterAll(async () => {
  await test?.destroy();
  expect(await test?.leftovers()).toEqual([]);
});

async function connect(url: string | undefined, ssl = true): Promise<Client> {
  const client = new Client({ connectionString: url, ...(ssl ? { ssl: { rejectUnauthorized: false } } : {}) });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function query(url: string | undefined, sql: string): Promise<Record<string, unknown>[]> {
  const client = await connect(url);
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const urlOf = async (app: string) =>
  (await test.call<Record<string, string>>("GET", `/apps/${app}/config-vars`)).DATABASE_URL;

describe("Heroku Postgres", () => {
  it("provisions a database that accepts only TLS connections", async () => {
    const url = essential.config.DATABASE_URL;
    expect(url).toMatch(/^postgres:\/\/u[0-9a-f]{13}:p[0-9a-f]{64}@[\d.]+:5432\/d[0-9a-f]{13}$/);
    await query(url, "CREATE TABLE first (id serial); INSERT INTO first DEFAULT VALUES");
    await expect(connect(url, false)).rejects.toThrow(/no encryption/);
  });

  it("refuses connections beyond the plan's number", async () => {
    const clients: Client[] = [];
    try {
      for (let count = 0; count < 20; count++) clients.push(await connect(essential.config.DATABASE_URL));
      await expect(connect(essential.config.DATABASE_URL)).rejects.toThrow(/too many connections for role/);
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  });

  it("GET /client/v11/databases/:db describes it; 404 for other add-ons", async () => {
    const info = await test.call("GET", `/client/v11/databases/${essential.name}`);
    expect(info).toMatchObject({
      name: essential.name,
      plan: "essential-0",
      "waiting?": false,
      postgres_version: expect.stringMatching(/^17\./),
    });
    expect(info.info).toContainEqual({ name: "Connections", values: ["0/20"] });
    expect(await test.call("GET", "/client/v11/databases/unknown", undefined, [404])).toEqual({
      id: "not_found",
      message: "Not found.",
    });
    expect(await test.call("GET", `/client/v11/databases/${essential.name}/wait_status`)).toEqual({
      message: "available",
      "waiting?": false,
      "error?": false,
    });
  });

  it("refuses settings and further credentials on an essential plan", async () => {
    const refusal = { id: "invalid_params", message: "You can't perform this operation on Essential-tier databases." };
    const base = `/postgres/v0/databases/${essential.name}`;
    expect(await test.call("PATCH", `${base}/config`, { log_statement: "all" }, [422])).toEqual(refusal);
    expect(await test.call("POST", `${base}/credentials`, { name: "reader" }, [422])).toEqual(refusal);
  });

  it("applies a new plan to the running server and keeps its data", async () => {
    await test.call("PATCH", `/apps/data/addons/${essential.name}`, { plan: "heroku-postgresql:standard-0" });
    await test.until(async () => {
      const [row] = await query(
        essential.config.DATABASE_URL,
        "SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user",
      );
      return row?.rolconnlimit === 120;
    });
    expect(await query(essential.config.DATABASE_URL, "SELECT id FROM first")).toEqual([{ id: 1 }]);
    const [container] = await test.docker.listContainers({
      filters: JSON.stringify({ label: ["local-heroku.role=postgres", `local-heroku.instance=${test.id}`] }),
    });
    const { HostConfig } = await test.docker.getContainer(container?.Id ?? "").inspect();
    expect(HostConfig.Memory).toBe(4 * 2 ** 30);
  });

  it("PATCH /postgres/v0/databases/:db/config applies settings to the running server, and refuses unknown ones", async () => {
    const path = `/postgres/v0/databases/${essential.name}/config`;
    const changed = {
      log_statement: "mod",
      log_min_duration_statement: 0,
      auto_explain: true,
      "auto_explain.log_min_duration": 250,
    };
    expect(await test.call("PATCH", path, changed)).toMatchObject({
      log_statement: { value: "mod", default: "ddl" },
      log_min_duration_statement: { value: 0 },
      auto_explain: { value: true },
    });
    const show =
      "SELECT current_setting('log_statement') a, current_setting('log_min_duration_statement') b, current_setting('auto_explain.log_min_duration') c";
    await test.until(async () => (await query(essential.config.DATABASE_URL, show))[0]?.a === "mod");
    expect(await query(essential.config.DATABASE_URL, show)).toEqual([{ a: "mod", b: "0", c: "250ms" }]);
    expect(await test.call("PATCH", path, { log_statement: "some" }, [422])).toEqual({
      id: "invalid_params",
      message: "Invalid value for log_statement; it must be one of none, ddl, mod, all.",
    });
    expect(await test.call("PATCH", path, { fsync: false }, [422])).toMatchObject({
      message: expect.stringMatching(/^Invalid setting fsync; it must be one of log_lock_waits, /),
    });
  });

  it("creates, rotates and destroys credentials", async () => {
    const base = `/postgres/v0/databases/${essential.name}`;
    expect(await test.call("POST", `${base}/credentials`, { name: "reader" })).toEqual({
      message: "Created credential reader.",
    });
    await test.call("POST", "/addon-attachments", {
      addon: essential.name,
      app: "data",
      name: "READER",
      namespace: "credential:reader",
    });
    const reader = async () => (await test.call<Record<string, string>>("GET", "/apps/data/config-vars")).READER_URL;
    const former = await reader();
    await expect(query(former, "SELECT * FROM first")).rejects.toThrow("permission denied for table first");
    await test.call("POST", `${base}/credentials/reader/credentials_rotation`, { forced: true });
    expect(await reader()).not.toBe(former);
    await expect(connect(former)).rejects.toThrow(/authentication failed/);
    expect(await query(await reader(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await test.call("GET", `${base}/credentials/reader`)).toMatchObject({
      name: "reader",
      state: "active",
      port: 5432,
    });
    await test.call("DELETE", `${base}/credentials/reader`);
    await expect(connect(await reader())).rejects.toThrow();
    expect(await test.call("DELETE", `${base}/credentials/default`, undefined, [422])).toMatchObject({
      message: "Default credential cannot be destroyed.",
    });
  });

  it("POST …/credentials_rotation releases a new URL, and the owner keeps its objects", async () => {
    const former = await urlOf("data");
    const session = await connect(former);
    const ended = new Promise<void>((resolve) => session.on("end", () => resolve()));
    await test.call("POST", `/postgres/v0/databases/${essential.name}/credentials/default/credentials_rotation`, {
      forced: true,
    });
    await ended;
    const url = await urlOf("data");
    expect(url).not.toBe(former);
    await expect(connect(former)).rejects.toThrow(/authentication failed/);
    expect(await query(url, "INSERT INTO first DEFAULT VALUES RETURNING id")).toEqual([{ id: 2 }]);
    const releases = await test.call<{ description: string }[]>("GET", "/apps/data/releases");
    expect(releases.at(-1)?.description).toContain("DATABASE");
  });

  it("PUT /client/v11/databases/:db/reset empties the database", async () => {
    const url = await urlOf("data");
    await query(url, "CREATE SCHEMA aside; CREATE TABLE aside.second (id int)");
    await test.call("PUT", `/client/v11/databases/${essential.name}/reset`);
    const rows = await query(
      url,
      "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
    );
    expect(rows).toEqual([{ nspname: "public" }]);
    await query(url, "CREATE TABLE again (id int)");
  });

  it("keeps its data after a restart of Local Heroku and of its container", async () => {
    const url = await urlOf("data");
    await test.close();
    const [container] = await test.docker.listContainers({
      filters: JSON.stringify({ label: ["local-heroku.role=postgres", `local-heroku.instance=${test.id}`] }),
    });
    await test.docker.getContainer(container?.Id ?? "").remove({ force: true });
    await test.reopen();
    await test.until(async () => (await query(url, "SELECT 1").catch(() => [])).length === 1);
    await query(url, "INSERT INTO again VALUES (1)");
  });

  it("leaves nothing of a destroyed database", async () => {
    await test.call("DELETE", `/apps/data/addons/${essential.name}`);
    await test.until(async () => !(await test.leftovers()).some((name) => name.includes("postgres")));
  });
});
