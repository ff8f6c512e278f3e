import { decodeProperties, encodeProperties } from "../../../provider/rpc/property-bag";
import type { Properties } from "../../../provider/schema/definition";

const properties = {
  token: { type: "string", description: "", secret: true },
  login: {
    type: "object",
    description: "",
    properties: {
      user: { type: "string", description: "" },
      password: { type: "string", description: "", secret: true },
    },
  },
} as const satisfies Properties;

const secret = (value: string) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

describe("encodeProperties", () => {
  const values = { token: "a", login: { user: "me", password: "b" }, password: "c", constructor: "d" };

  it("marks what is secret, also inside objects, and nothing of the same name elsewhere", () => {
    expect(encodeProperties(values, properties).toJavaScript()).toEqual({
      token: secret("a"),
      login: { user: "me", password: secret("b") },
      password: "c",
      constructor: "d",
    });
  });

  it("is read back as plain values", () => {
    expect(decodeProperties(encodeProperties(values, properties))).toEqual(values);
  });
});
