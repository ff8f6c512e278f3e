import { Emulator } from "../../../support/emulator";

type Row = Record<string, unknown>;

const seed = {
  accounts: [
    { email: "ann@example.com", name: "Ann", apiKey: "ann" },
    { email: "bob@example.com", apiKey: "bob" },
  ],
  teams: [{ name: "painters", members: [{ email: "ann@example.com", role: "admin" as const }] }],
};

describe("account, collaborator and team routes", () => {
  let heroku: Emulator;
  const as = <T = Row>(key: string, method: string, path: string, body?: unknown) =>
    heroku.call<T>(method, path, { key, ...(body === undefined ? {} : { body }) });
  beforeEach(async () => {
    heroku = await Emulator.open({ seed });
  });

  it("GET /account and GET /users/~ show the account of the key", async () => {
    const { body } = await as("ann", "GET", "/account");

    expect(body).toMatchObject({ email: "ann@example.com", name: "Ann", default_team: null });
    expect((await as("ann", "GET", "/users/~")).body).toEqual(body);
    expect((await as("ann", "GET", "/users/bob@example.com")).status).toBe(404);
  });

  it("POST /apps/:app/collaborators gives access, DELETE revokes it", async () => {
    await as("ann", "POST", "/apps", { name: "canvas" });
    const { status, body } = await as("ann", "POST", "/apps/canvas/collaborators", { user: "bob@example.com" });

    expect(status).toBe(201);
    expect(body).toMatchObject({ role: "collaborator", user: { email: "bob@example.com" } });
    expect((await as("bob", "GET", "/apps/canvas")).status).toBe(200);
    const list = await as<Row[]>("ann", "GET", "/apps/canvas/collaborators");
    expect(list.body.map(({ role }) => role).sort()).toEqual(["collaborator", "owner"]);

    expect((await as("ann", "DELETE", "/apps/canvas/collaborators/bob@example.com")).status).toBe(200);
    expect((await as("bob", "GET", "/apps/canvas")).status).toBe(404);
    expect((await as("ann", "GET", `/apps/canvas/collaborators/${body.id}`)).status).toBe(404);
  });

  it("PATCH of the owner among the collaborators is refused, and the owner is listed once", async () => {
    await as("ann", "POST", "/apps", { name: "canvas" });
    const path = "/apps/canvas/collaborators";

    const personal = await as("ann", "PATCH", `${path}/ann@example.com`, { permissions: ["view"] });
    const asTeam = await as("ann", "PATCH", `/teams${path}/ann@example.com`, { permissions: ["view"] });

    // Heroku's schema has the change only for team apps.
    expect(personal.status).toBe(501);
    expect(asTeam).toMatchObject({ status: 422, body: { message: "Cannot change the app's owner." } });
    expect((await as<Row[]>("ann", "GET", path)).body).toHaveLength(1);
  });

  it("POST /apps/:app/collaborators invites an address without an account", async () => {
    await as("ann", "POST", "/apps", { name: "canvas" });

    const { status, body } = await as("ann", "POST", "/apps/canvas/collaborators", { user: "new@example.com" });

    expect(status).toBe(201);
    expect(body).toMatchObject({ user: { email: "new@example.com" } });
  });

  it.each([
    ["ann@example.com", "ann@example.com is already a collaborator on app canvas."],
    ["nobody", 'Email is invalid, got "nobody".'],
  ])("POST /apps/:app/collaborators refuses %s", async (user, message) => {
    await as("ann", "POST", "/apps", { name: "canvas" });

    const { status, body } = await as("ann", "POST", "/apps/canvas/collaborators", { user });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message });
  });

  it("POST /teams/apps creates a team's app, which its members share", async () => {
    const { status, body } = await as("ann", "POST", "/teams/apps", { name: "mural", team: "painters", locked: true });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      locked: true,
      joined: true,
      team: { name: "painters" },
      owner: { email: "painters@herokumanager.com" },
    });
    expect((await as("bob", "GET", "/apps/mural")).status).toBe(404);
    await as("ann", "PUT", "/teams/painters/members", { email: "bob@example.com", role: "member" });
    expect((await as<Row[]>("bob", "GET", "/teams/painters/apps")).body).toEqual([body]);
    expect((await as("bob", "GET", "/teams/apps/mural")).body).toEqual(body);
  });

  it("PATCH /teams/apps/:app locks, and transfers to a person", async () => {
    await as("ann", "POST", "/teams/apps", { name: "mural", team: "painters" });

    expect((await as("ann", "PATCH", "/teams/apps/mural", { locked: true })).body).toMatchObject({ locked: true });
    const { body } = await as("ann", "PATCH", "/teams/apps/mural", { owner: "bob@example.com" });

    expect(body).toMatchObject({ team: null, owner: { email: "bob@example.com" } });
    expect((await as("bob", "GET", "/apps/mural")).status).toBe(200);
  });

  it("PATCH /teams/apps/:app transfers to a team", async () => {
    await as("ann", "POST", "/apps", { name: "canvas" });

    const { body } = await as("ann", "PATCH", "/teams/apps/canvas", { owner: "painters" });

    expect(body).toMatchObject({ team: { name: "painters" } });
  });

  it("PUT /teams/:team/members adds and changes, DELETE removes, but not the last admin", async () => {
    const put = (role: string) => as("ann", "PUT", "/teams/painters/members", { email: "bob@example.com", role });
    const first = await put("admin");
    const second = await put("member");

    expect(first.status).toBe(201);
    expect(second.body).toMatchObject({ id: first.body.id, role: "member", email: "bob@example.com" });
    expect((await as<Row[]>("ann", "GET", "/teams/painters/members")).body).toHaveLength(2);
    expect((await as("bob", "PUT", "/teams/painters/members", { email: "c@example.com", role: "admin" })).status).toBe(
      403,
    );
    expect((await as("ann", "DELETE", "/teams/painters/members/ann@example.com")).body.message).toBe(
      "A team must have at least one admin.",
    );
    expect((await as("ann", "DELETE", "/teams/painters/members/bob@example.com")).status).toBe(200);
    expect((await as("bob", "GET", "/teams/painters")).status).toBe(404);
  });

  it("POST /teams creates a team with the account as admin", async () => {
    expect((await as("bob", "POST", "/teams", { name: "sculptors" })).body).toMatchObject({
      role: "admin",
      type: "team",
    });
    expect((await as("ann", "POST", "/teams", { name: "sculptors" })).body.message).toBe(
      "Name sculptors is already taken",
    );
    expect((await as<Row[]>("bob", "GET", "/teams")).body.map(({ name }) => name)).toEqual(["sculptors"]);
  });

  it("PATCH /teams/apps/:app/collaborators/:user changes permissions", async () => {
    await as("ann", "POST", "/teams/apps", { name: "mural", team: "painters" });
    const path = "/teams/apps/mural/collaborators";
    await as("ann", "POST", path, { user: "bob@example.com", permissions: ["view", "deploy"] });

    const { body } = await as<{ permissions: Row[] }>("ann", "PATCH", `${path}/bob@example.com`, {
      permissions: ["view", "operate"],
    });

    expect(body.permissions.map(({ name }) => name)).toEqual(["view", "operate"]);
  });

  it("POST /account/app-transfers offers an app, the recipient accepts", async () => {
    await as("ann", "POST", "/apps", { name: "canvas" });
    const { status, body } = await as("ann", "POST", "/account/app-transfers", {
      app: "canvas",
      recipient: "bob@example.com",
    });
    const path = `/account/app-transfers/${body.id}`;

    expect(status).toBe(201);
    expect(body).toMatchObject({ state: "pending", app: { name: "canvas" }, owner: { email: "ann@example.com" } });
    expect((await as("ann", "PATCH", path, { state: "accepted" })).status).toBe(422);
    expect((await as("bob", "PATCH", path, { state: "accepted" })).body).toMatchObject({ state: "accepted" });
    expect((await as("bob", "GET", "/apps/canvas")).body).toMatchObject({ owner: { email: "bob@example.com" } });
    expect((await as("ann", "GET", "/apps/canvas")).status).toBe(404);
    expect((await as("bob", "PATCH", path, { state: "declined" })).body.message).toBe(
      "The transfer is accepted already.",
    );
  });
});
