import { Emulator } from "../../../support/emulator";

describe("add-on attachment routes", () => {
  let heroku: Emulator;
  let addonId: string;
  const attach = (fields: object = {}) =>
    heroku.post("/addon-attachments", { addon: "sketch-db", app: "sketch", ...fields });
  const vars = async (app: string) => Object.keys((await heroku.get(`/apps/${app}/config-vars`)).body).sort();

  beforeEach(async () => {
    heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
    await heroku.post("/apps", { name: "reports" });
    const { body } = await heroku.post("/apps/sketch/addons", { plan: "heroku-postgresql", name: "sketch-db" });
    addonId = String(body.id);
    await heroku.idle();
  });

  it("POST /addon-attachments sets the add-on's vars under the attachment's name", async () => {
    const { status, body } = await attach({ app: { name: "reports" }, addon: { id: addonId }, name: "source" });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: "SOURCE",
      namespace: null,
      app: { name: "reports" },
      addon: { id: addonId, name: "sketch-db", app: { name: "sketch" } },
    });
    expect(await vars("reports")).toEqual(["SOURCE_URL"]);
  });

  it("POST /addon-attachments picks a color without a name", async () => {
    const { body } = await attach();

    expect(body.name).toMatch(/^HEROKU_POSTGRESQL_[A-Z]+$/);
  });

  it("POST /addon-attachments needs a confirmation to replace, then makes two releases", async () => {
    await heroku.post("/apps/sketch/addons", { plan: "heroku-postgresql", name: "new-db" });
    await heroku.idle();

    const asked = await attach({ addon: "new-db", name: "DATABASE" });
    const confirmed = await attach({ addon: "new-db", name: "DATABASE", confirm: "sketch" });

    expect(asked.status).toBe(423);
    expect(asked.body).toEqual({
      id: "confirmation_required",
      message:
        "Adding DATABASE to app sketch would overwrite existing vars DATABASE_URL. Repeat with confirm set to sketch.",
    });
    expect(confirmed.status).toBe(201);
    const releases = await heroku.get<{ description: string }[]>("/apps/sketch/releases");
    expect(releases.body.slice(-2).map(({ description }) => description)).toEqual([
      "Attach DATABASE (@ref:new-db)",
      "Detach DATABASE (@ref:sketch-db)",
    ]);
    expect((await heroku.get("/apps/sketch/config-vars")).body.DATABASE_URL).toMatch(/new-db$/);
  });

  it("POST /addon-attachments replaces a var that a user set", async () => {
    await heroku.patch("/apps/reports/config-vars", { SOURCE_URL: "by hand", OTHER: "stays" });
    await attach({ app: "reports", name: "SOURCE" });
    const { body } = await heroku.get("/apps/reports/addon-attachments");
    expect((await heroku.get("/apps/reports/config-vars")).body.SOURCE_URL).toMatch(/^postgres:/);

    await heroku.delete(`/addon-attachments/${(Array.isArray(body) ? body[0] : body).id}`);

    expect(await vars("reports")).toEqual(["OTHER"]);
  });

  it("DELETE /addon-attachments/:id removes the vars", async () => {
    const { body } = await attach({ app: "reports", name: "SOURCE" });

    const removed = await heroku.delete(`/addon-attachments/${body.id}`);

    expect(removed.status).toBe(200);
    expect(removed.body).toEqual(body);
    expect(await vars("reports")).toEqual([]);
    expect((await heroku.get(`/addon-attachments/${body.id}`)).status).toBe(404);
  });

  it("DELETE /addon-attachments/:id refuses the last one on the billing app", async () => {
    await attach({ app: "reports", name: "SOURCE" });
    const { body } = await heroku.get("/apps/sketch/addon-attachments/DATABASE");

    const { status, body: refused } = await heroku.delete(`/addon-attachments/${body.id}`);

    expect(status).toBe(422);
    expect(refused).toEqual({
      id: "invalid_params",
      message: "Cannot destroy last attachment to billing app for resource sketch-db",
    });
  });

  it("sets a namespace's vars only for its attachments", async () => {
    await heroku.platform.provisioner.addonValuesChanged(addonId, { URL: "postgres://reader" }, "credential:reader");
    await attach({ name: "READER", namespace: "credential:reader" });
    const config = async () => (await heroku.get("/apps/sketch/config-vars")).body;

    expect((await config()).READER_URL).toBe("postgres://reader");
    expect((await config()).DATABASE_URL).toMatch(/sketch-db$/);
    expect((await heroku.get("/addons/sketch-db/config/credential:reader")).body).toEqual([
      { name: "URL", value: "postgres://reader" },
    ]);
    await heroku.platform.provisioner.addonValuesChanged(addonId, undefined, "credential:reader");
    expect(await config()).not.toHaveProperty("READER_URL");
  });

  it("POST /actions/addon-attachments/resolve finds an attachment by what the CLI sends", async () => {
    const resolve = (fields: object) =>
      heroku.call<Record<string, unknown>[]>("POST", "/actions/addon-attachments/resolve", {
        body: fields,
        headers: { "Accept-Inclusion": "addon:plan,config_vars" },
      });
    const { body } = await resolve({
      app: "sketch",
      addon_attachment: "DATABASE_URL",
      addon_service: "heroku-postgresql",
    });

    expect(body).toMatchObject([
      {
        name: "DATABASE",
        config_vars: ["DATABASE_URL"],
        addon: { name: "sketch-db", plan: { name: "heroku-postgresql:essential-0" } },
      },
    ]);
    for (const wanted of ["DATABASE", "sketch-db", addonId]) {
      expect((await resolve({ app: "sketch", addon_attachment: wanted })).status).toBe(200);
    }
    expect((await resolve({ app: "sketch", addon_attachment: "REDIS" })).body).toMatchObject({ id: "not_found" });
  });

  it("POST /actions/addon-attachments/resolve refuses to choose between add-ons", async () => {
    await heroku.post("/apps/reports/addons", { plan: "heroku-postgresql", name: "other-db" });

    const { status, body } = await heroku.post("/actions/addon-attachments/resolve", { addon_attachment: "DATABASE" });

    expect(status).toBe(422);
    expect(body.id).toBe("multiple_matches");
  });
});
