import { Emulator } from "../../../support/emulator";

describe("OAuth authorization, OAuth client and key routes", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await Emulator.open();
  });
  const statusWith = async (token: unknown) => (await heroku.call("GET", "/account", { key: String(token) })).status;
  const tokenOf = (body: Record<string, unknown>) => Object(body.access_token).token;

  it("POST /oauth/authorizations makes a token that opens the account until it is revoked", async () => {
    const { status, body } = await heroku.post("/oauth/authorizations", { scope: ["global"], description: "CI" });

    expect([status, body.description, body.scope]).toEqual([201, "CI", ["global"]]);
    expect(await statusWith(tokenOf(body))).toBe(200);
    expect((await heroku.get<unknown[]>("/oauth/authorizations")).body).toEqual([body]);
    expect((await heroku.delete(`/oauth/authorizations/${body.id}`)).body).toEqual(body);
    expect(await statusWith(tokenOf(body))).toBe(401);
    expect((await heroku.get(`/oauth/authorizations/${body.id}`)).status).toBe(404);
  });

  it("POST …/actions/regenerate-tokens replaces the token", async () => {
    const { body } = await heroku.post("/oauth/authorizations", { scope: ["read"] });

    const next = await heroku.post(`/oauth/authorizations/${body.id}/actions/regenerate-tokens`);

    expect(next.body.id).toBe(body.id);
    expect([await statusWith(tokenOf(body)), await statusWith(tokenOf(next.body))]).toEqual([401, 200]);
  });

  it("ends an authorization in its time", async () => {
    const { body } = await heroku.post("/oauth/authorizations", { scope: ["global"], expires_in: 60 });
    expect(body.access_token).toMatchObject({ expires_in: 60 });

    await heroku.post("/_local/clock", { advance: 61 });

    expect(await statusWith(tokenOf(body))).toBe(401);
  });

  it("GET /oauth/authorizations/~ shows the one that the request carries", async () => {
    const { body } = await heroku.post("/oauth/authorizations", { scope: ["global"] });

    const own = await heroku.call("GET", "/oauth/authorizations/~", { key: tokenOf(body) });
    const seeded = await heroku.get("/oauth/authorizations/~");

    expect(own.body.id).toBe(body.id);
    expect(seeded.body.access_token).toMatchObject({ token: "local-heroku" });
    expect((await heroku.delete("/oauth/authorizations/~")).status).toBe(403);
    expect(await statusWith("local-heroku")).toBe(200);
  });

  it("keeps OAuth clients, which authorizations may name", async () => {
    const { body: client } = await heroku.post("/oauth/clients", { name: "bot", redirect_uri: "https://bot.example" });
    const { body } = await heroku.post("/oauth/authorizations", { scope: ["global"], client: client.id });

    expect(body.client).toEqual({ id: client.id, name: "bot", redirect_uri: "https://bot.example" });
    const renamed = await heroku.patch(`/oauth/clients/${client.id}`, { name: "robot" });
    expect(renamed.body).toMatchObject({ name: "robot", secret: client.secret });
    const rotated = await heroku.post(`/oauth/clients/${client.id}/actions/rotate-credentials`);
    expect(rotated.body.secret).not.toBe(client.secret);
    expect((await heroku.delete(`/oauth/clients/${client.id}`)).status).toBe(200);
    expect((await heroku.get("/oauth/clients")).body).toEqual([]);
    expect((await heroku.post("/oauth/clients", { name: "bot", redirect_uri: "nowhere" })).status).toBe(422);
  });

  it("keeps SSH keys by fingerprint", async () => {
    const public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFyYW1wbGUgb2YgYSBrZXkgZm9yIHRlc3Rz me@example";
    const { status, body } = await heroku.post("/account/keys", { public_key });

    expect([status, body.comment, body.email]).toEqual([201, "me@example", "dev@localhost"]);
    expect(body.fingerprint).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    expect((await heroku.get("/account/keys")).body).toEqual([body]);
    expect((await heroku.post("/account/keys", { public_key })).status).toBe(422);
    expect((await heroku.post("/account/keys", { public_key: "no key" })).status).toBe(422);
    const path = `/account/keys/${encodeURIComponent(String(body.fingerprint))}`;
    expect((await heroku.delete(path)).body).toEqual(body);
    expect((await heroku.get("/account/keys")).body).toEqual([]);
  });
});
