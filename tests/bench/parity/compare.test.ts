import { compare } from "./compare";
import type { Life } from "./life";

const urn = (type: string, name: string) => `urn:pulumi:local::skechwime::x:components:Parent$${type}::${name}`;
const app = (outputs: Record<string, unknown>, more: object = {}) => ({
  urn: urn("heroku:app/app:App", "app"),
  type: "heroku:app/app:App",
  outputs,
  ...more,
});
const secret = (value: unknown) => ({ signature: "…", plaintext: JSON.stringify(value) });

const life = (set: Life["set"], parts: Partial<Life> = {}): Life => ({
  set,
  resources: [],
  commands: new Map(),
  previews: new Map(),
  ...parts,
});

const inState = (official: Life["resources"], standIns: Life["resources"]) =>
  compare(life("official", { resources: official }), life("stand-ins", { resources: standIns }));

describe("compare", () => {
  it("finds a property that differs", () => {
    expect(inState([app({ region: "us", stack: "container" })], [app({ region: "eu", stack: "container" })])).toEqual([
      { where: "state: heroku:app/app:App::app: outputs.region", official: '"us"', standIns: '"eu"' },
    ]);
  });

  it("finds a resource and a property that only one has", () => {
    const where = "state: heroku:app/app:App::app";
    expect(inState([app({})], [])).toEqual([{ where, official: "there", standIns: "nothing" }]);
    expect(inState([app({ vars: {}, a: null })], [app({ vars: {} })])).toEqual([
      { where: `${where}: outputs.a`, official: "null", standIns: "nothing" },
    ]);
  });

  it("passes over ids, times, generated names, random texts and the order of dependencies", () => {
    const random = (result: string, hash: string) => ({
      urn: urn("random:index/randomPassword:RandomPassword", "key"),
      type: "random:index/randomPassword:RandomPassword",
      outputs: { result: secret(result), bcryptHash: secret(hash) },
    });
    const one = (id: string, key: string, hash: string, dependencies: string[]) => [
      random(key, hash),
      app(
        {
          id: `${id}-0000-4000-8000-000000000000`,
          at: `20${id.slice(0, 2)}-01-02T03:04:05.6Z`,
          key,
          db: `database-${id.slice(1)}`,
        },
        { dependencies, created: id, modified: id },
      ),
    ];
    expect(inState(one("11111111", "abc", "$2a$1", ["a", "b"]), one("22222222", "def", "$2a$2", ["b", "a"]))).toEqual(
      [],
    );
  });

  it("finds what is secret with one set only, and shows no secret", () => {
    const where = "state: heroku:app/app:App::app: outputs.vars (secret).KEY";
    expect(
      inState([app({ vars: secret({ KEY: secret("hunter2") }) })], [app({ vars: secret({ KEY: "hunter2" }) })]),
    ).toEqual([
      { where, official: "nothing", standIns: "a secret" },
      { where: `${where} (secret)`, official: "a secret", standIns: "nothing" },
    ]);
  });

  it("compares the previews step by step", () => {
    const preview = (kind: string, newState: object) => {
      const step = { op: "update", urn: urn("heroku:app/app:App", "app"), detailedDiff: { region: { kind } } };
      return new Map([["the region", [{ ...step, oldState: {}, newState: { ...newState, modified: kind } }]]]);
    };
    const [official, standIns] = [preview("update-replace", { inputs: { a: 1 } }), preview("update", { inputs: {} })];
    const where = "preview of the region: heroku:app/app:App::app";
    expect(
      compare(life("official", { previews: official }), life("stand-ins", { previews: standIns })).map(
        (one) => one.where,
      ),
    ).toEqual([`${where}: detailedDiff.region.kind`, `${where}: newState.inputs`, `${where}: newState.inputs.a`]);
  });

  it("counts requests, and looks of a wait only as made or not", () => {
    const up = (requests: [string, number][], releases: number) => ({
      commands: new Map([["up", { requests: new Map(requests), releases }]]),
    });
    const official = up(
      [
        ["GET /addons/:id", 9],
        ["GET /b", 1],
        ["PATCH /a", 2],
      ],
      8,
    );
    const standIns = up(
      [
        ["GET /addons/:id", 2],
        ["PATCH /a", 1],
      ],
      7,
    );
    expect(compare(life("official", official), life("stand-ins", standIns))).toEqual([
      { where: "up: GET /b", official: "1 times", standIns: "0 times" },
      { where: "up: PATCH /a", official: "2 times", standIns: "1 times" },
      { where: "up: releases", official: "8", standIns: "7" },
    ]);
  });
});
