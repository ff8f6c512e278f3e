import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { compare } from "bcryptjs";
import { dependencies } from "../../../package.json";
import { random } from "../../../stand-ins/random/plugin";
import { computed, failure, PluginClient } from "../../provider/support/plugin-client";

const text = "random:index/randomString:RandomString";
const password = "random:index/randomPassword:RandomPassword";
const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
/** How the official provider says that Terraform's state has a null there. */
const absent = secret({ replace: { raw: null } });

describe("Stand-in for random", () => {
  let plugin: PluginClient;

  beforeAll(async () => {
    plugin = await PluginClient.of(random, {});
  });
  afterAll(() => plugin.stop());

  it("is of the version that the program's package asks for", () => {
    expect(random.version).toBe(dependencies["@pulumi/random"]);
  });

  describe("creating", () => {
    it("makes a text of the characters that are allowed, and writes the defaults into the state", async () => {
      const { id, state } = await plugin.create(text, { length: 200, special: false, upper: false });

      expect(state).toEqual({
        __meta: '{"schema_version":"2"}',
        __pulumi_raw_state_delta: { obj: { ps: { keepers: absent, overrideSpecial: absent } } },
        id,
        result: id,
        length: 200,
        lower: true,
        upper: false,
        numeric: true,
        number: true,
        special: false,
        minLower: 0,
        minUpper: 0,
        minNumeric: 0,
        minSpecial: 0,
      });
      expect(id).toMatch(/^(?=.*[a-z])(?=.*[0-9])[a-z0-9]{200}$/);
    });

    it("makes another text each time", async () => {
      const [one, other] = [await plugin.create(text, { length: 32 }), await plugin.create(text, { length: 32 })];

      expect(one.id).not.toBe(other.id);
    });

    it("takes as many of each kind as asked for, from the given special characters", async () => {
      const inputs = { length: 8, minLower: 1, minUpper: 2, minNumeric: 2, minSpecial: 3, overrideSpecial: "é~" };
      const { id, state } = await plugin.create(text, { ...inputs, keepers: { since: "1" } });

      expect(state).toMatchObject({ __pulumi_raw_state_delta: { obj: { ps: { keepers: { map: {} } } } } });

      const counts = [/[a-z]/g, /[A-Z]/g, /[0-9]/g, /[é~]/g].map((kind) => id.match(kind)?.length);
      expect(counts).toEqual([1, 2, 2, 3]);
    });

    it("keeps a password and its bcrypt hash secret, under an id that says nothing", async () => {
      const { id, state } = await plugin.create(password, { length: 64, special: false });

      expect(id).toBe("none");
      expect(state).toMatchObject({ id: "none", __meta: '{"schema_version":"3"}', length: 64, minSpecial: 0 });
      const { result, bcryptHash } = state as Record<string, { value: string }>;
      expect(result).toEqual(secret(expect.stringMatching(/^[A-Za-z0-9]{64}$/)));
      expect(bcryptHash).toEqual(secret(expect.stringMatching(/^\$2a\$10\$/)));
      await expect(compare(result?.value ?? "", bcryptHash?.value ?? "")).resolves.toBe(true);
    });

    it("knows all but the text in a preview", async () => {
      const { id, state } = await plugin.create(password, { length: 64 }, true);

      expect(id).toBe("");
      expect(state).toMatchObject({ id: computed, result: secret(computed), bcryptHash: secret(computed) });
      expect(state).toMatchObject({ length: 64, lower: true, numeric: true, number: true, minUpper: 0 });
    });
  });

  describe("checking", () => {
    it("leaves the inputs as the program gives them", async () => {
      const inputs = { length: 6, special: false, upper: false, keepers: { a: "b" } };

      expect(await plugin.check(text, inputs)).toEqual({ inputs, failures: {} });
    });

    it("finds every fault", async () => {
      const inputs = { length: 2, minLower: 2, minNumeric: 1, number: false, numeric: true, minUpper: -1, size: 3 };

      expect((await plugin.check(text, inputs)).failures).toEqual({
        minUpper: "minUpper must be 0 or more, got -1",
        size: expect.stringMatching(/^unknown input, got "size"; known are length, keepers, /),
      });
      const { minUpper: _, size: __, ...right } = inputs;
      expect((await plugin.check(text, right)).failures).toEqual({
        number: "number and numeric must be equal, got false and true; leave number out",
        length: "length must be at least 3, the sum of minLower, minUpper, minNumeric, minSpecial, got 2; raise it",
      });
    });

    it("refuses a text of no characters, and one of no length", async () => {
      const none = { lower: false, upper: false, number: false, special: false };

      expect((await plugin.check(password, { length: 3, ...none })).failures).toEqual({
        numeric: "one of lower, upper, numeric and special must be true, got false for each; allow one of them",
      });
      expect((await plugin.check(password, { length: 0 })).failures).toEqual({
        length: "length must be 1 or more, got 0",
      });
    });

    it("lets what a preview does not know pass", async () => {
      const inputs = { length: computed, numeric: computed, number: true, minLower: computed };

      expect(await plugin.check(text, inputs)).toEqual({ inputs, failures: {} });
    });
  });

  describe("comparing", () => {
    const inputs = { length: 6, special: false, keepers: { a: "1", b: "2" } };
    let state: Record<string, unknown>;

    beforeAll(async () => {
      ({ state } = await plugin.create(text, inputs));
    });
    const diff = (news: Record<string, unknown>) => plugin.diff(text, { inputs, state }, news);

    it("sees no change in the same inputs, nor in a default that is given or left out", async () => {
      for (const news of [inputs, { ...inputs, upper: true, minLower: 0, number: true, numeric: true }]) {
        expect(await diff(news)).toMatchObject({ changed: false, replaces: [] });
      }
    });

    it.each([
      [{ ...inputs, length: 7 }, ["length"]],
      [{ ...inputs, numeric: false }, ["numeric", "number"]],
      [{ ...inputs, keepers: { a: "1", d: "4" } }, ["keepers"]],
      [{ ...inputs, keepers: { a: computed, b: "2" } }, ["keepers"]],
      [{ ...inputs, overrideSpecial: "~" }, ["overrideSpecial"]],
      [{ length: 6 }, ["keepers", "special"]],
    ])("replaces on a change to %j", async (news, names) => {
      const { changed, replaces, detailed } = await diff(news);

      expect(changed).toBe(true);
      expect([...new Set(replaces)].sort()).toEqual(names.sort());
      // The official provider leaves it to the engine to show the inputs that changed.
      expect(detailed).toEqual({});
    });

    it("keeps the text when an empty list of special characters is taken away", async () => {
      const former = { ...inputs, overrideSpecial: "" };
      const created = await plugin.create(text, former);
      const change = await plugin.diff(text, { inputs: former, state: created.state }, inputs);

      expect(change).toMatchObject({ changed: true, replaces: [] });
      expect(await plugin.update(text, created.id, created.state, inputs)).toEqual({
        ...state,
        id: created.id,
        result: created.id,
      });
    });
  });

  describe("reading", () => {
    it("finds what is in the state, since there is nothing else", async () => {
      const inputs = { length: 12, special: false };
      for (const type of [text, password]) {
        const { id, state } = await plugin.create(type, inputs);

        expect(await plugin.read(type, id, { inputs, state })).toEqual({ id, inputs, state });
        await expect(plugin.delete(type, id, state)).resolves.toBeUndefined();
      }
    });

    it("imports a text", async () => {
      const inputs = { length: 5, lower: true, upper: true, numeric: true, number: true, special: true };
      const minima = { minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0 };

      expect(await plugin.read(text, "s3cré")).toMatchObject({
        id: "s3cré",
        inputs: { ...inputs, length: 6 },
        state: { ...inputs, ...minima, length: 6, id: "s3cré", result: "s3cré" },
      });
      const imported = await plugin.read(password, "s3cre");
      expect(imported).toMatchObject({ id: "none", inputs, state: { ...minima, id: "none", result: secret("s3cre") } });
    });
  });

  it("refuses every other type and function by name, and says where they are", async () => {
    const elsewhere =
      "this stand-in has RandomString and RandomPassword only; install the official provider with " +
      "`pulumi plugin install resource random v4.21.1`";

    expect(await failure(plugin.check("random:index/randomPet:RandomPet", {}))).toBe(
      `unknown resource type, got random:index/randomPet:RandomPet; ${elsewhere}`,
    );
    const call = plugin.ask<proto.InvokeResponse>((grpc, done) =>
      grpc.invoke(new proto.InvokeRequest().setTok("random:index:getPet"), done),
    );
    expect(await failure(call)).toBe(`unknown function, got random:index:getPet; ${elsewhere}`);
  });
});
