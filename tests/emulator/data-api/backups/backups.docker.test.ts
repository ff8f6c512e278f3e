import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "pg";
import { query as runQuery } from "../../../support/database";
import { TestInstance } from "../../docker/test-instance";

interface Transfer {
  uuid: string;
  num: number;
  to_url: string;
  succeeded: boolean | null;
  finished_at: string | null;
  processed_bytes: number;
  logs: { message: string }[];
}
let test: TestInstance;
let db: { id: string; name: string; config: Record<string, string> };
let files: Server;
const served = new Map<string, Buffer>();

beforeAll(async () => {
  test = await TestInstance.start();
  await test.addApp("saved");
  db = await test.addAddon("saved", "heroku-postgresql:essential-0");
  files = createServer((request, response) => {
    const body = served.get(request.url ?? "");
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  files?.close();
  await test?.destroy();
  expect(await test?.leftovers()).toEqual([]);
});

const query = (sql: string, url = db.config.DATABASE_URL) => runQuery(url, sql);
function fileUrl(name: string): string {
  const address: AddressInfo | string | null = files.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}${name}`;
}

async function finished(num: number): Promise<Transfer> {
  const read = () => test.call<Transfer>("GET", `/client/v11/apps/saved/transfers/${num}?verbose=true`);
  await test.until(async () => (await read()).finished_at !== null);
  return read();
}

const capture = () => test.call<Transfer>("POST", `/client/v11/databases/${db.name}/backups`);
const restore = (backup_url: string) =>
  test.call<Transfer>("POST", `/client/v11/databases/${db.name}/restores`, { backup_url });
const publicUrl = async (num: number) =>
  (await test.call<{ url: string }>("POST", `/client/v11/apps/saved/transfers/${num}/actions/public-url`)).url;

describe("PGBackups", () => {
  it("restores a row that was deleted after the backup, and drops newer ones", async () => {
    await query("CREATE TABLE strokes (id int PRIMARY KEY); INSERT INTO strokes SELECT generate_series(1, 1000)");
    const backup = await capture();
    expect(backup).toMatchObject({ from_name: "DATABASE", from_type: "pg_dump", to_type: "gof3r", succeeded: null });
    const done = await finished(backup.num);
    expect(done).toMatchObject({ succeeded: true, processed_bytes: expect.any(Number) });
    expect(done.logs.map(({ message }) => message)).toContain("pg_dump ended with exit code 0");

    await query("DELETE FROM strokes WHERE id = 7; CREATE TABLE later (id int)");
    const restored = await restore(await publicUrl(backup.num));
    expect(restored).toMatchObject({ from_type: "htcat", to_type: "pg_restore", to_name: "DATABASE" });
    expect(await finished(restored.num)).toMatchObject({ succeeded: true, warnings: 0 });
    expect(await query("SELECT count(*)::int FROM strokes WHERE id = 7")).toEqual([{ count: 1 }]);
    expect(await query("SELECT to_regclass('later') AS later")).toEqual([{ later: null }]);
    await query("INSERT INTO strokes VALUES (1001)");
  });

  it("serves a backup at its public URL without a key for an hour", async () => {
    const url = await publicUrl(1);
    const reply = await fetch(url);
    expect(reply.status).toBe(200);
    expect(
      Buffer.from(await reply.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("PGDMP");
    test.clock.advance(60 * 60 * 1_000);
    expect((await fetch(url)).status).toBe(403);
  });

  it("restores from any URL, and fails without changing the database if there is no dump", async () => {
    served.set("/good", Buffer.from(await (await fetch(await publicUrl(1))).arrayBuffer()));
    served.set("/corrupt", Buffer.from("this is no dump"));
    await query("DELETE FROM strokes WHERE id = 8");
    for (const name of ["/corrupt", "/missing"]) {
      const { num } = await restore(fileUrl(name));
      expect(await finished(num)).toMatchObject({ succeeded: false });
    }
    expect(await query("SELECT count(*)::int FROM strokes WHERE id = 9")).toEqual([{ count: 1 }]);
    expect(await finished((await restore(fileUrl("/good"))).num)).toMatchObject({ succeeded: true });
    expect(await query("SELECT count(*)::int FROM strokes WHERE id = 8")).toEqual([{ count: 1 }]);
  });

  it("reports a truncated dump as failed", async () => {
    await query("CREATE TABLE big AS SELECT md5(random()::text) AS text FROM generate_series(1, 20000)");
    const { num } = await capture();
    await finished(num);
    const whole = Buffer.from(await (await fetch(await publicUrl(num))).arrayBuffer());
    served.set("/cut", whole.subarray(0, whole.length - 100_000));
    expect(await finished((await restore(fileUrl("/cut"))).num)).toMatchObject({ succeeded: false });
    expect(await finished((await restore((await finished(1)).to_url)).num)).toMatchObject({ succeeded: true });
  });

  it("cancels a running transfer", async () => {
    const lock = new Client({ connectionString: db.config.DATABASE_URL, ssl: { rejectUnauthorized: false } });
    await lock.connect();
    await lock.query("BEGIN; LOCK TABLE strokes IN ACCESS EXCLUSIVE MODE");
    const { uuid, num } = await capture();
    await test.until(
      async () => (await test.call("GET", `/client/v11/apps/saved/transfers/${num}`)).started_at !== null,
    );
    const canceled = await test.call("POST", `/client/v11/apps/saved/transfers/${uuid}/actions/cancel`);
    expect(canceled.canceled_at).toEqual(expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000$/));
    expect(await finished(num)).toMatchObject({ succeeded: false });
    await lock.end();
    expect(await test.call("POST", `/client/v11/apps/saved/transfers/${num}/actions/cancel`, undefined, [400])).toEqual(
      {
        id: "bad_request",
        message: "The transfer has finished already.",
      },
    );
    expect(
      await test.call("POST", `/client/v11/apps/saved/transfers/${num}/actions/public-url`, undefined, [400]),
    ).toEqual({
      id: "bad_request",
      message: "Only a completed backup has a public URL.",
    });
  });

  it("DELETE /client/v11/apps/:app/transfers/:num removes a backup for good", async () => {
    const { num } = await capture();
    await finished(num);
    const url = await publicUrl(num);
    expect(await test.call("DELETE", `/client/v11/apps/saved/transfers/${num}`)).toMatchObject({ num });
    expect(await test.call("GET", `/client/v11/apps/saved/transfers/${num}`, undefined, [410])).toMatchObject({
      id: "gone",
    });
    expect((await fetch(url)).status).toBe(403);
    const list = await test.call<Transfer[]>("GET", "/client/v11/apps/saved/transfers");
    expect(list.map((transfer) => transfer.num)).not.toContain(num);
  });

  it("copies one database into another", async () => {
    const other = await test.addAddon("saved", "heroku-postgresql:essential-0");
    const vars = await test.call<Record<string, string>>("GET", "/apps/saved/config-vars");
    const [name, target = ""] = Object.entries(vars).find(([key]) => key.startsWith("HEROKU_POSTGRESQL_")) ?? [];
    const { num } = await test.call<Transfer>("POST", `/client/v11/databases/${other.name}/transfers`, {
      from_name: "DATABASE",
      from_url: db.config.DATABASE_URL,
      to_name: name?.replace(/_URL$/, ""),
      to_url: target,
    });
    expect(await finished(num)).toMatchObject({ succeeded: true });
    expect(await query("SELECT count(*)::int FROM strokes", target)).toEqual([{ count: 1000 }]);
    await query("INSERT INTO strokes VALUES (5000)", target);
  });

  it("makes a daily backup at the schedule's hour on the instance's clock", async () => {
    const path = `/client/v11/databases/${db.name}/transfer-schedules`;
    const schedule = await test.call("POST", path, {
      hour: "03",
      timezone: "America/New_York",
      schedule_name: "DATABASE_URL",
    });
    expect(schedule).toMatchObject({ hour: 3, timezone: "America/New_York", name: "DATABASE_URL", retain_weeks: 1 });
    expect(await test.call("POST", path, { hour: 4, timezone: "UTC" })).toMatchObject({ uuid: schedule.uuid, hour: 4 });
    expect(await test.call("GET", path)).toHaveLength(1);
    const before = (await test.call<Transfer[]>("GET", "/client/v11/apps/saved/transfers")).length;
    test.clock.advance(3 * 24 * 60 * 60 * 1_000);
    const list = async () =>
      test.call<(Transfer & { created_at: string; schedule?: { uuid: string } })[]>(
        "GET",
        "/client/v11/apps/saved/transfers",
      );
    expect((await list()).length).toBe(before + 3);
    await test.until(async () => (await list()).every(({ finished_at }) => finished_at !== null));
    for (const transfer of (await list()).slice(-3)) {
      expect(transfer).toMatchObject({ succeeded: true, schedule: { uuid: schedule.uuid } });
      expect(transfer.created_at).toMatch(/ 04:00:00 /);
    }
    expect(await test.call("DELETE", `${path}/${schedule.uuid}`)).toMatchObject({ uuid: schedule.uuid });
    expect(await test.call("GET", path)).toEqual([]);
  });

  it("POST …/transfer-schedules refuses an hour and a time zone that do not exist", async () => {
    const refusal = async (body: Record<string, unknown>) =>
      (await test.call("POST", `/client/v11/databases/${db.name}/transfer-schedules`, body, [422])).message;
    const hourRule = "Invalid value for hour: it must be a whole number from 0 to 23.";
    for (const hour of [24, "6:30"]) expect(await refusal({ hour, timezone: "UTC" })).toBe(hourRule);
    const zoneRule = "Invalid value for timezone: it must be an IANA time zone.";
    expect(await refusal({ hour: 6, timezone: "Mars/Olympus" })).toBe(zoneRule);
  });
});
