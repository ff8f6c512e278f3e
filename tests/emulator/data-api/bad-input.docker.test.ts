import { badBodies, NO_OBJECTS } from "../../support/bad-bodies";
import { TestInstance } from "../docker/test-instance";

/** A valid body for each route of the data APIs that needs one; `DB` and `KV` stand for add-ons, `APP` for the app. */
const WRITES: readonly [string, object][] = [
  ["POST /client/v11/databases/DB/restores", { backup_url: "http://127.0.0.1:9/none", extensions: ["hstore"] }],
  [
    "POST /client/v11/databases/DB/transfers",
    { from_name: "A", from_url: "postgres://a:b@127.0.0.1:9/c", to_name: "DB", to_url: "postgres://a:b@127.0.0.1:9/d" },
  ],
  [
    "POST /client/v11/databases/DB/transfer-schedules",
    { hour: 3, timezone: "Europe/Berlin", schedule_name: "DATABASE_URL" },
  ],
  ["PATCH /postgres/v0/databases/DB/config", { log_statement: "none", log_min_duration_statement: 100 }],
  ["POST /postgres/v0/databases/DB/credentials", { name: "reader" }],
  ["POST /postgres/v0/databases/DB/credentials/reader/credentials_rotation", { forced: true }],
  ["PUT /client/v11/databases/DB/reset", { extensions: ["hstore"] }],
  ["PUT /client/v11/databases/DB/maintenance_window", { description: "Mondays 20:00" }],
  ["PATCH /redis/v0/databases/KV/config", { maxmemory_policy: "noeviction", notify_keyspace_events: "K", timeout: 60 }],
  ["POST /data/maintenances/v1/DB/window", { day_of_week: "monday", time_of_day: "20:00" }],
];

describe("the data APIs", () => {
  let test: TestInstance;
  let ids: Record<string, string>;

  beforeAll(async () => {
    test = await TestInstance.start();
    await test.addApp("sketch");
    const { id: DB } = await test.addAddon("sketch", "heroku-postgresql:standard-0");
    const { id: KV } = await test.addAddon("sketch", "heroku-redis:premium-0");
    ids = { DB, KV };
  });

  afterAll(() => test?.destroy());

  const send = (method: string, path: string, body: string | undefined) =>
    fetch(`${test.url}${path.replace(/\b(DB|KV)\b/, (name) => ids[name] ?? "")}`, {
      method,
      headers: { Authorization: "Bearer local-heroku", "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body }),
    });

  it.each(WRITES)("%s refuses each wrong body in Heroku's format", async (route, good) => {
    const [method = "", path = ""] = route.split(" ");
    const faults: string[] = [];
    for (const bad of [...NO_OBJECTS, ...badBodies(good)]) {
      const body = typeof bad === "string" ? bad : JSON.stringify(bad);
      const reply = await send(method, path, body);
      const answer: unknown = await reply.json();
      const isRefusal = typeof Object(answer).id === "string" && typeof Object(answer).message === "string";
      if (reply.status >= 500 || (reply.status >= 300 && !isRefusal))
        faults.push(`${body.slice(0, 200)}: ${reply.status} ${JSON.stringify(answer)}`);
    }

    expect(faults).toEqual([]);
    expect((await send("GET", "/client/v11/databases/DB", undefined)).status).toBe(200);
  });

  it.each(WRITES)("%s returns 404 for an unknown database", async (route, good) => {
    const [method = "", path = ""] = route.split(" ");
    for (const name of ["none", "%00", "%E0%A4%A", "sketch", "x".repeat(5_000)]) {
      const reply = await send(method, path.replace(/\b(DB|KV)\b/, name), JSON.stringify(good));
      expect([route, reply.status]).toEqual([route, 404]);
    }
  });
});
