import { ADDON_SERVICES } from "../../../../emulator/catalog/addon-services";
import type { Emulator } from "../../../support/emulator";
import { descriptions, openWithSketch } from "./addon-fixture";

describe("add-ons of services that nothing runs behind", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await openWithSketch();
  });
  const create = (plan: string, fields: object = {}) => heroku.post("/apps/sketch/addons", { plan, ...fields });

  it("keeps Heroku Scheduler without a config var", async () => {
    const { status, body } = await create("scheduler:standard");
    await heroku.idle();

    expect([status, body.state]).toEqual([201, "provisioning"]);
    expect((await heroku.get(`/apps/sketch/addons/scheduler`)).body).toMatchObject({
      state: "provisioned",
      config_vars: [],
      plan: { name: "scheduler:standard" },
      addon_service: { name: "scheduler" },
    });
    expect(await descriptions(heroku)).toEqual([expect.stringMatching(/^Attach SCHEDULER \(@ref:scheduler-/)]);
  });

  it("sets the config vars that the service sets", async () => {
    await create("papertrail:choklad");
    await create("mailgun:starter");
    await create("sentry:f1");
    await heroku.idle();

    const { body } = await heroku.get("/apps/sketch/config-vars");

    expect(Object.keys(body)).toEqual(
      expect.arrayContaining(["PAPERTRAIL_API_TOKEN", "MAILGUN_API_KEY", "MAILGUN_SMTP_SERVER", "SENTRY_DSN"]),
    );
    expect(body.SENTRY_DSN).toMatch(/^https:\/\/[0-9a-f]{32}@sentry\.invalid\/1$/);
  });

  it("says in the add-on and in the app's log that nothing runs", async () => {
    const { body } = await create("memcachier:dev", { name: "cache" });
    await heroku.idle();

    expect(body.provision_message).toBeUndefined();
    expect((await heroku.get("/addons/cache")).body.provision_message).toMatch(/nothing runs behind it/);
    expect(heroku.machines.lines.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^cache: .*nothing runs behind it/),
    );
    expect(heroku.machines.calls.filter((call) => call.includes("cache"))).toEqual([]);
  });

  it("owns the service's vars as soon as it is created", async () => {
    await create("cloudamqp:lemur");

    const { status, body } = await heroku.patch("/apps/sketch/config-vars", { CLOUDAMQP_APIKEY: "mine" });

    expect([status, body.message]).toEqual([422, "Cannot overwrite attachment values CLOUDAMQP_APIKEY."]);
  });

  it("takes every plan of a valid name, changes it and destroys the add-on", async () => {
    await create("newrelic:any-plan-2", { name: "apm" });
    await heroku.idle();

    const changed = await heroku.patch("/apps/sketch/addons/apm", { plan: "newrelic:other" });
    const removed = await heroku.delete("/apps/sketch/addons/apm");
    await heroku.idle();

    expect(changed.body).toMatchObject({ plan: { name: "newrelic:other" } });
    expect(removed.status).toBe(200);
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({});
    expect((await create("newrelic:Not A Plan")).status).toBe(422);
  });

  it.each(["no-such-service:free", "no-such-service", "heroku-postgresql:hobby-dev"])(
    "refuses %s as Heroku does",
    async (plan) => {
      const { status, body } = await create(plan);

      expect([status, body]).toEqual([
        422,
        {
          id: "invalid_params",
          message: `Couldn't find either the add-on service or the add-on plan of "${plan}".`,
        },
      ]);
    },
  );

  it("can provision every service of its catalog", async () => {
    for (const { name, plans } of ADDON_SERVICES) await create(`${name}:${plans[0]?.name}`);
    await heroku.idle();

    const { body } = await heroku.get<{ state: string }[]>("/apps/sketch/addons");

    expect(body).toHaveLength(ADDON_SERVICES.length);
    expect(new Set(body.map(({ state }) => state))).toEqual(new Set(["provisioned"]));
    const vars = Object.values((await heroku.get<Record<string, string>>("/apps/sketch/config-vars")).body);
    expect(vars.filter((value) => value.includes("{"))).toEqual([]);
  });
});
