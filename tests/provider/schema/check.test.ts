import { checkInputs } from "../../../provider/schema/check";
import type { Properties } from "../../../provider/schema/definition";
import { notKnownYet, type PropertyValues } from "../../../provider/schema/property";

const properties = {
  title: { type: "string", description: "" },
  count: {
    type: "integer",
    description: "",
    default: 3,
    fault: (value) => (value > 9 ? `count must be 9 or less, got ${value}` : undefined),
  },
  mode: { type: "string", description: "", optional: true, values: ["on", "off"] },
  flag: { type: "boolean", description: "", optional: true },
  days: { type: "stringList", description: "", optional: true },
  key: { type: "string", description: "", optional: true, secret: true },
  login: {
    type: "object",
    description: "",
    optional: true,
    properties: {
      user: { type: "string", description: "" },
      password: { type: "string", description: "", secret: true },
    },
  },
  images: {
    type: "stringMap",
    description: "",
    optional: true,
    fault: (keys) => (keys.length === 0 ? "images must not be empty, got none" : undefined),
    entryFault: (key, value) => (key === value ? `image of "${key}" must be another, got "${value}"` : undefined),
  },
} as const satisfies Properties;

/** Reasons by property path. */
function faults(given: Parameters<typeof checkInputs>[1]): Record<string, string> {
  const { failures } = checkInputs(properties, { title: "one", ...given });
  return Object.fromEntries(failures.map(({ property, reason }) => [property, reason]));
}

describe("checkInputs", () => {
  it("fills defaults in and leaves what is not given out", () => {
    expect(checkInputs(properties, { title: "one", mode: null })).toEqual({
      inputs: { title: "one", count: 3 },
      failures: [],
    });
  });

  it("reports every fault at once, at its property path", () => {
    expect(
      faults({
        title: null,
        count: 10,
        mode: "up",
        flag: "yes",
        days: "Monday",
        images: { web: "web", "a-b": 3 },
        x: 1,
      }),
    ).toEqual({
      title: "title is missing, got nothing; give a string",
      count: "count must be 9 or less, got 10",
      mode: 'mode must be one of "on", "off", got "up"',
      flag: 'flag must be true or false, got "yes"',
      days: 'days must be a list of strings, got "Monday"',
      "images.web": 'image of "web" must be another, got "web"',
      'images["a-b"]': 'images of "a-b" must be a string, got 3',
      x: 'unknown input, got "x"; known are title, count, mode, flag, days, key, login, images',
    });
  });

  it.each([
    ["count", 1.5, "count must be a whole number, got 1.5"],
    ["count", "3", 'count must be a whole number, got "3"'],
    ["title", 3, "title must be a string, got 3"],
    ["images", ["web"], 'images must be an object of strings, got ["web"]'],
    ["images", {}, "images must not be empty, got none"],
    ["days", [1], "days must be a list of strings, got [1]"],
  ])("refuses %s %j", (name, value, reason) => {
    expect(faults({ [name]: value })).toEqual({ [name]: reason });
  });

  it("does not show a secret of the wrong type", () => {
    expect(faults({ key: 12345 })).toEqual({ key: "key must be a string, got a secret of another type" });
    expect(faults({ login: ["hunter2"] })).toEqual({ login: "login must be an object, got a secret of another type" });
    expect(faults({ login: { user: "a", password: 12345 } })).toEqual({
      "login.password": "password must be a string, got a secret of another type",
    });
  });

  it("lets values pass that a preview does not know yet, also inside maps and lists", () => {
    const given: PropertyValues = {
      title: notKnownYet,
      count: notKnownYet,
      images: { web: notKnownYet },
      days: [notKnownYet],
    };

    expect(checkInputs(properties, given)).toEqual({ inputs: given, failures: [] });
  });

  it("passes the engine's own keys over", () => {
    expect(faults({ __defaults: [], version: "1.0.0" })).toEqual({});
  });
});
