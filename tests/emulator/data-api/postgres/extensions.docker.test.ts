import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { TestInstance } from "../../docker/test-instance";

const LIST = readFileSync(join(__dirname, "../../../../emulator/docker/service-image/extensions.txt"), "utf8");
const EXTENSIONS = LIST.trim().split("\n");

describe("extensions of Heroku Postgres", () => {
  let test: TestInstance;
  let database: { name: string; config: Record<string, string> };

  beforeAll(async () => {
    test = await TestInstance.start();
    await test.addApp("maps");
    database = await test.addAddon("maps", "heroku-postgresql:essential-0");
  });
  afterAll(async () => {
    await test?.destroy();
    expect(await test?.leftovers()).toEqual([]);
  });

  const query = async (sql: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({
      connectionString: database.config.DATABASE_URL,
      ssl: { rejectUnauthorized: false },
    });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it("are all created by the app's credential, in public unless it says otherwise", async () => {
    await query("CREATE SCHEMA extras");
    for (const name of EXTENSIONS) {
      const schema = name === "citext" ? " WITH SCHEMA extras" : "";
      await query(`CREATE EXTENSION IF NOT EXISTS "${name}"${schema} CASCADE`);
    }

    const rows = await query("SELECT extname AS name, extnamespace::regnamespace::text AS schema FROM pg_extension");
    const schemas = Object.fromEntries(rows.map(({ name, schema }) => [name, schema]));

    expect(Object.keys(schemas).sort()).toEqual([...EXTENSIONS].sort());
    expect(schemas).toMatchObject({
      citext: "extras",
      vector: "public",
      postgis: "public",
      postgis_topology: "topology",
      postgis_tiger_geocoder: "tiger",
      plpgsql: "pg_catalog",
    });
  });

  it("work", async () => {
    expect(
      await query(`SELECT ST_AsText(ST_MakePoint(1, 2)) AS point, '[1,2]'::vector <-> '[1,3]' AS distance,
        (SELECT count(*) > 0 FROM pg_stat_statements) AS counted`),
    ).toEqual([{ point: "POINT(1 2)", distance: 1, counted: true }]);
  });

  it("are listed where the CLI looks for them, and no others are allowed", async () => {
    const [row] = await query(
      "SELECT current_setting('extwlist.extensions') AS standard, current_setting('rds.allowed_extensions') AS essential",
    );

    expect(row).toEqual({ standard: EXTENSIONS.join(","), essential: EXTENSIONS.join(",") });
    await expect(query("CREATE EXTENSION file_fdw")).rejects.toThrow(/permission denied|not whitelisted/);
  });

  it("are in a backup, and restored from it", async () => {
    await query("CREATE TABLE places (spot geometry(Point), words vector(2))");
    await query("INSERT INTO places VALUES (ST_MakePoint(1, 2), '[1,2]')");
    const base = `/client/v11/databases/${database.name}`;
    const finished = async (num: unknown) => {
      const path = `/client/v11/apps/maps/transfers/${num}`;
      await test.until(async () => (await test.call<{ finished_at: unknown }>("GET", path)).finished_at !== null);
      return test.call("GET", `${path}?verbose=true`);
    };
    const backup = await test.call<{ num: unknown }>("POST", `${base}/backups`);
    expect(await finished(backup.num)).toMatchObject({ succeeded: true });
    const { url } = await test.call<{ url: string }>(
      "POST",
      `/client/v11/apps/maps/transfers/${backup.num}/actions/public-url`,
    );
    await query("DROP TABLE places");

    const restore = await test.call<{ num: unknown }>("POST", `${base}/restores`, { backup_url: url });

    expect(await finished(restore.num)).toMatchObject({ succeeded: true });
    expect(await query("SELECT ST_X(spot) AS x, words::text FROM places")).toEqual([{ x: 1, words: "[1,2]" }]);
  });
});
