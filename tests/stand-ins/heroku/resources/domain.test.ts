import { selfSigned } from "../../../support/certificate";
import { HerokuStandIn } from "../support/stand-in";

const type = "heroku:domain/domain:Domain";

describe("Domain", () => {
  let heroku: HerokuStandIn;
  let appId: string;

  beforeEach(async () => {
    heroku = await HerokuStandIn.open();
    appId = await heroku.local.createApp("sketch");
  });
  afterEach(() => heroku.close());

  it("keeps what the official provider keeps", async () => {
    const { id, state } = await heroku.create(type, { appId, hostname: "www.example.com" });

    expect(state).toEqual({
      __meta: '{"schema_version":"1"}',
      appId,
      cname: expect.stringContaining("herokudns"),
      hostname: "www.example.com",
      id,
      sniEndpointId: null,
    });
  });

  it("gets a certificate and loses it in place", async () => {
    const given = { appId, hostname: "www.example.com" };
    const domain = await heroku.create(type, given);
    const { certificate: certificateChain, key: privateKey } = selfSigned();
    const ssl = await heroku.create("heroku:ssl/ssl:Ssl", { appId, certificateChain, privateKey });

    expect((await heroku.diff(domain, { ...given, sniEndpointId: ssl.id })).detailed).toEqual({ sniEndpointId: "ADD" });
    const secured = await heroku.update(domain, { ...given, sniEndpointId: ssl.id });
    expect(secured.state).toMatchObject({ sniEndpointId: ssl.id });

    expect((await heroku.diff(secured, given)).detailed).toEqual({ sniEndpointId: "DELETE" });
    const bare = await heroku.update(secured, given);
    expect(bare.state).toMatchObject({ sniEndpointId: "" });
    expect((await heroku.diff(bare, given)).changed).toBe(false);
  });

  it("leaves the certificate of one that Heroku manages out of the state", async () => {
    const { certificate: certificate_chain, key: private_key } = selfSigned();
    const endpoint = await heroku.api.post<{ id: string }>("/apps/sketch/sni-endpoints", {
      certificate_chain,
      private_key,
    });
    await heroku.api.post("/apps/sketch/domains", { hostname: "www.example.com", sni_endpoint: endpoint.body.id });
    await heroku.api.post("/apps/sketch/acm");

    const { state } = await heroku.import(type, "sketch:www.example.com");

    expect(state).toMatchObject({ sniEndpointId: null });
  });
});

describe("Domain with settings", () => {
  it("waits after a creation, five seconds by default", async () => {
    const sleeps: unknown[] = [];
    for (const delays of ["{}", '{"postDomainCreateDelay":2}']) {
      const heroku = await HerokuStandIn.open({ delays });
      await heroku.create(type, { appId: await heroku.local.createApp("sketch"), hostname: "www.example.com" });
      sleeps.push(...heroku.local.runtime.sleeps);
      heroku.close();
    }

    expect(sleeps).toEqual([5_000, 2_000]);
  });
});
