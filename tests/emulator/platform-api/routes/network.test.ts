import { selfSigned } from "../../../support/certificate";
import { Emulator } from "../../../support/emulator";

type Row = Record<string, unknown>;

describe("domain, drain and certificate routes", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
  });

  it("GET /apps/:app/domains shows the app's own domain, which cannot be removed", async () => {
    const { body } = await heroku.get<Row[]>("/apps/sketch/domains");

    expect(body).toMatchObject([{ hostname: "sketch.localhost", kind: "heroku", cname: null }]);
    const removed = await heroku.delete(`/apps/sketch/domains/${body[0]?.id}`);
    expect(removed.status).toBe(422);
    expect(removed.body.message).toBe("Cannot change the app's own domain sketch.localhost.");
  });

  it("POST /apps/:app/domains adds a domain with its own target", async () => {
    const { status, body } = await heroku.post("/apps/sketch/domains", {
      hostname: "WWW.example.com",
      sni_endpoint: null,
    });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      hostname: "www.example.com",
      kind: "custom",
      status: "succeeded",
      cname: expect.stringMatching(/^[a-z]+-[a-z]+-[0-9a-f]{24}\.herokudns\.com$/),
      sni_endpoint: null,
    });
    expect((await heroku.get("/apps/sketch/domains/www.example.com")).body).toEqual(body);
    expect((await heroku.delete("/apps/sketch/domains/www.example.com")).body).toEqual(body);
    expect((await heroku.get("/apps/sketch/domains/www.example.com")).status).toBe(404);
  });

  it("POST /apps/:app/domains names every missing parameter", async () => {
    const none = await heroku.post("/apps/sketch/domains", {});
    const one = await heroku.post("/apps/sketch/domains", { hostname: "www.example.com" });

    expect([none.status, one.status]).toEqual([422, 422]);
    expect(none.body).toEqual({ id: "invalid_params", message: "Require params: hostname, sni_endpoint." });
    expect(one.body).toEqual({ id: "invalid_params", message: "Require params: sni_endpoint." });
  });

  it.each([
    ["nodots", "Hostname nodots is not valid"],
    ["under_score.example.com", "Hostname under_score.example.com is not valid"],
    ["taken.example.com", "taken.example.com is currently in use by another app."],
    ["mine.example.com", "Domain mine.example.com is already added to this app."],
  ])("POST /apps/:app/domains refuses %s", async (hostname, message) => {
    await heroku.post("/apps", { name: "other" });
    await heroku.post("/apps/other/domains", { hostname: "taken.example.com", sni_endpoint: null });
    await heroku.post("/apps/sketch/domains", { hostname: "mine.example.com", sni_endpoint: null });

    const { status, body } = await heroku.post("/apps/sketch/domains", { hostname, sni_endpoint: null });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message });
  });

  it("POST and DELETE /apps/:app/acm switch certificates of custom domains", async () => {
    await heroku.post("/apps/sketch/domains", { hostname: "www.example.com", sni_endpoint: null });
    const status = async () => (await heroku.get<Row[]>("/apps/sketch/domains")).body.map((row) => row.acm_status);
    expect(await status()).toEqual([null, null]);

    expect((await heroku.post("/apps/sketch/acm")).body.acm).toBe(true);
    expect(await status()).toEqual([null, "cert issued"]);
    expect((await heroku.patch("/apps/sketch/acm", { acm_refresh: true })).body.acm).toBe(true);
    expect((await heroku.delete("/apps/sketch/acm")).body.acm).toBe(false);
    expect((await heroku.patch("/apps/sketch/acm", { acm_refresh: true })).body.acm).toBe(false);
  });

  it("takes a wildcard domain or ACM, but not both", async () => {
    const wildcard = { hostname: "*.example.com", sni_endpoint: null };
    const refusal = "Automated Certificate Management does not support wildcard domains: *.example.com.";
    await heroku.post("/apps/sketch/acm");
    const added = await heroku.post("/apps/sketch/domains", wildcard);
    expect([added.status, added.body.message]).toEqual([422, refusal]);

    await heroku.delete("/apps/sketch/acm");
    expect((await heroku.post("/apps/sketch/domains", wildcard)).status).toBe(201);
    const enabled = await heroku.post("/apps/sketch/acm");
    expect([enabled.status, enabled.body.message]).toEqual([422, refusal]);
    expect((await heroku.get("/apps/sketch")).body.acm).toBe(false);
  });

  it("POST /apps/:app/log-drains gives the drain a token, which identifies it, too", async () => {
    const { status, body } = await heroku.post("/apps/sketch/log-drains", { url: "https://logs.example.com/a?b=c" });

    expect(status).toBe(201);
    expect(body).toMatchObject({ url: "https://logs.example.com/a?b=c", app: { name: "sketch" }, addon: null });
    expect(body.token).toMatch(/^d\.[0-9a-f-]{36}$/);
    for (const wanted of [body.id, body.token, encodeURIComponent(String(body.url))]) {
      expect((await heroku.get(`/apps/sketch/log-drains/${wanted}`)).body).toEqual(body);
    }
    expect((await heroku.delete(`/apps/sketch/log-drains/${body.token}`)).body).toEqual(body);
    expect((await heroku.get("/apps/sketch/log-drains")).body).toEqual([]);
  });

  it.each(["ftp://logs.example.com", "logs.example.com", "https://"])(
    "POST /apps/:app/log-drains refuses %s",
    async (url) => {
      const { status, body } = await heroku.post("/apps/sketch/log-drains", { url });

      expect(status).toBe(422);
      expect(body.message).toBe("Url is invalid; it must begin with https://, http://, syslog+tls:// or syslog://.");
    },
  );

  it("POST /apps/:app/log-drains accepts five different ones", async () => {
    const add = (url: string) => heroku.post("/apps/sketch/log-drains", { url });
    for (let i = 0; i < 4; i += 1) await add(`syslog://logs.example.com:${1_000 + i}`);

    expect((await add("syslog://logs.example.com:1000")).body.message).toBe("Url has already been taken");
    expect((await add("syslog+tls://logs.example.com:1")).status).toBe(201);
    expect((await add("https://logs.example.com")).body.message).toBe(
      "You've reached the limit of 5 drains for this app.",
    );
  });

  it("POST /apps/:app/sni-endpoints shows the certificate's content, but never the key", async () => {
    const { certificate, key } = selfSigned();

    const { status, body } = await heroku.post("/apps/sketch/sni-endpoints", {
      certificate_chain: certificate,
      private_key: key,
    });

    expect(status).toBe(201);
    expect(body.ssl_cert).toMatchObject({
      "self_signed?": true,
      "ca_signed?": false,
      subject: "/CN=www.example.com",
      issuer: "/CN=www.example.com",
      cert_domains: ["www.example.com"],
    });
    expect(JSON.stringify(body)).not.toContain("PRIVATE KEY");
  });

  it("POST /apps/:app/sni-endpoints refuses a key of another certificate", async () => {
    const { certificate } = selfSigned();

    const { status, body } = await heroku.post("/apps/sketch/sni-endpoints", {
      certificate_chain: certificate,
      private_key: "not a key",
    });

    expect(status).toBe(422);
    expect(body.message).toBe("Unable to verify that the certificate and the private key belong together.");
  });

  it("DELETE /apps/:app/sni-endpoints/:endpoint removes it from its domains", async () => {
    const { certificate, key } = selfSigned();
    const endpoint = await heroku.post("/apps/sketch/sni-endpoints", {
      certificate_chain: certificate,
      private_key: key,
    });
    await heroku.post("/apps/sketch/domains", { hostname: "www.example.com", sni_endpoint: null });
    const domain = await heroku.patch("/apps/sketch/domains/www.example.com", { sni_endpoint: endpoint.body.name });
    expect(domain.body.sni_endpoint).toEqual({ id: endpoint.body.id, name: endpoint.body.name });
    expect((await heroku.get(`/apps/sketch/sni-endpoints/${endpoint.body.id}`)).body.domains).toEqual([domain.body.id]);

    await heroku.delete(`/apps/sketch/sni-endpoints/${endpoint.body.name}`);

    expect((await heroku.get("/apps/sketch/domains/www.example.com")).body.sni_endpoint).toBeNull();
    expect((await heroku.get("/apps/sketch/sni-endpoints")).body).toEqual([]);
  });
});
