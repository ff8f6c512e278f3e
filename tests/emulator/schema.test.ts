import { Emulator } from "../support/emulator";
import { createOneOfEach } from "../support/one-of-each";
import { PlatformSchema } from "../support/platform-schema";
import { pathOf } from "./schema-paths";
import { WRITES } from "./schema-writes";

const links = PlatformSchema.load()?.links() ?? [];
const describeWithSchema = links.length === 0 ? describe.skip : describe;
const where =
  links.length === 0 ? " (skipped: no file heroku-platform-api-schema.json, see HEROKU_PLATFORM_SCHEMA)" : "";

/** The recipient of an app transfer. */
const RECIPIENT = { email: "ann@example.com", apiKey: "ann-key" };

describeWithSchema(`Heroku's schema${where}`, () => {
  beforeEach(() => {
    jest.spyOn(console, "warn").mockImplementation(() => {});
  });
  afterAll(() => {
    process.stderr.write(`Heroku's schema: ${Emulator.coverage}\n`);
  });

  it("accepts each reply to a read; other routes are 501", async () => {
    const heroku = await Emulator.open();
    const ids = await createOneOfEach(heroku);
    await heroku.idle();

    const statuses = new Map<number, string[]>();
    for (const { href } of links.filter(({ method }) => method === "GET")) {
      const { status } = await heroku.get(pathOf(href, ids));
      statuses.set(status, [...(statuses.get(status) ?? []), href]);
    }

    const { 200: answered = [], 501: _refused = [], ...others } = Object.fromEntries(statuses);
    expect(others).toEqual({ 206: ["/addon-region-capabilities"], 404: ["/teams/{team}/features/{team-feature}"] });
    expect(answered).toHaveLength(93);
  }, 60_000);

  it("accepts each reply to a write; other routes are 501", async () => {
    const outcomes: Record<string, number[]> = {};
    const shared = await Emulator.open();
    const names = new Set(
      links.filter(({ method }) => method !== "GET").map(({ method, href }) => `${method} ${href}`),
    );
    for (const name of names) {
      const [method = "", href = ""] = name.split(" ");
      const bodies = WRITES[name] ?? (method === "DELETE" ? [() => undefined] : []);
      if (bodies.length === 0)
        outcomes[name] = [(await shared.call(method, pathOf(href, new Map()), { body: {} })).status];
      for (const body of bodies) {
        const heroku = await Emulator.open({ seed: { accounts: [RECIPIENT] } });
        const ids = await createOneOfEach(heroku);
        await heroku.idle();
        const sent = await body(ids, heroku);
        const key = name === "PATCH /account/app-transfers/{app-transfer}" ? RECIPIENT.apiKey : undefined;
        const { status } = await heroku.call(method, pathOf(href, ids), { body: sent, ...(key ? { key } : {}) });
        await heroku.idle();
        outcomes[name] = [...(outcomes[name] ?? []), status];
      }
    }

    const supported = Object.entries(outcomes).filter(([, statuses]) => !statuses.includes(501));
    const refused = supported.filter(([, statuses]) => statuses.some((status) => status >= 300));
    expect(Object.fromEntries(refused)).toEqual({});
    expect(supported.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(WRITES)));
  }, 120_000);
});
