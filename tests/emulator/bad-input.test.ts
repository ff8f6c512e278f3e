import { badBodies, NO_OBJECTS, withBadField } from "../support/bad-bodies";
import { Emulator } from "../support/emulator";
import { createOneOfEach } from "../support/one-of-each";
import { PlatformSchema } from "../support/platform-schema";
import { pathOf } from "./schema-paths";
import { WRITES } from "./schema-writes";

const schema = PlatformSchema.load();

/** An instance with one of each, recreated after a request has changed something. */
class Target {
  private made: { heroku: Emulator; ids: ReadonlyMap<string, string> } | undefined;

  async get() {
    if (this.made) return this.made;
    const heroku = await Emulator.open({ seed: { accounts: [{ email: "ann@example.com", apiKey: "ann-key" }] } });
    const ids = await createOneOfEach(heroku);
    await heroku.idle();
    this.made = { heroku, ids };
    return this.made;
  }

  /** Sends a body; returns what is wrong with the reply, if anything. */
  async send(method: string, href: string, body: unknown): Promise<string | undefined> {
    const { heroku, ids } = await this.get();
    const reply = await heroku.call(method, pathOf(href, ids), { body });
    await heroku.idle();
    if (reply.status < 300) this.made = undefined;
    const isRefusal = typeof reply.body.id === "string" && typeof reply.body.message === "string";
    if (reply.status < 300 || (reply.status < 500 && isRefusal)) return undefined;
    return `${method} ${href} ${JSON.stringify(body)?.slice(0, 200)}: ${reply.status} ${JSON.stringify(reply.body)}`;
  }
}

describe("bad input", () => {
  beforeEach(() => {
    jest.spyOn(console, "warn").mockImplementation(() => {});
  });

  it.each(Object.keys(WRITES))(
    "%s refuses each wrong body in Heroku's format",
    async (name) => {
      const [method = "", href = ""] = name.split(" ");
      const target = new Target();
      const { heroku, ids } = await target.get();
      const good = Object(await WRITES[name]?.[0]?.(ids, heroku));
      const others = schema?.fields(method, href).filter((field) => !(field in good)) ?? [];
      const faults: string[] = [];
      for (const body of [...NO_OBJECTS, ...badBodies(good), ...withBadField(good, others)]) {
        const fault = await target.send(method, href, body);
        if (fault) faults.push(fault);
      }

      expect(faults).toEqual([]);
    },
    120_000,
  );

  const NAMES = [
    "none",
    "..",
    "%00",
    "%2F",
    "%E0%A4%A",
    "%F0%9F%8E%A8",
    "'; drop table apps",
    "__proto__",
    "x".repeat(5_000),
  ];

  it("returns 404 for names that nothing has, however odd", async () => {
    const { heroku, ids } = await new Target().get();
    const paths = Object.keys(WRITES).map((name) => name.split(" ")[1] ?? "");
    const outcomes: string[] = [];
    for (const href of new Set([...paths, ...(schema?.links().map((link) => link.href) ?? [])])) {
      for (const [kind] of ids) {
        for (const name of href.includes(`{${kind}}`) ? NAMES : []) {
          const { status, body } = await heroku.get(pathOf(href.replace(`{${kind}}`, name), ids));
          if (status >= 500 && status !== 501)
            outcomes.push(`${href} ${name.slice(0, 20)}: ${status} ${JSON.stringify(body)}`);
        }
      }
    }

    expect(outcomes).toEqual([]);
  }, 120_000);

  it.each([
    "bytes=0-",
    "version",
    "id ..; max=0",
    "id ..; max=1001",
    "id ..; max=x",
    "id ]x..y; order=up",
    ";;;",
    "\u00e9 ..",
    "id ..; max=-1",
  ])("refuses or ignores Range: %s", async (range) => {
    const { heroku } = await new Target().get();
    for (const path of [
      "/apps",
      "/apps/sketch/releases",
      "/apps/sketch/addons",
      "/addon-services",
      "/teams/painters/members",
    ]) {
      const { status, body } = await heroku.get(path, { Range: range });
      if (status === 416) expect(body.id).toBe("requested_range_not_satisfiable");
      else expect([200, 206]).toContain(status);
    }
  });
});
