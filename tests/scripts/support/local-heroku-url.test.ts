import { parseLocalHerokuUrl } from "../../../scripts/support/local-heroku-url.mjs";

describe("parseLocalHerokuUrl", () => {
  it.each([
    ["plain", "config:\n  heroku:url: http://localhost:5075\n  heroku:apiKey: k\n", "5075"],
    ["in double quotes", 'config:\n  heroku:url: "http://localhost:6000"\n', "6000"],
    ["in single quotes", "config:\n  'heroku:url': 'http://localhost:6001'\n", "6001"],
    ["followed by a comment", "config:\n    heroku:url: http://localhost:6002  # the port\n", "6002"],
    ["in a file with Windows line ends", "config:\r\n  heroku:url: http://localhost:6003\r\n  a: b\r\n", "6003"],
  ])("reads a value %s", (_, yaml, port) => {
    expect(parseLocalHerokuUrl(yaml).port).toBe(port);
  });

  it("takes no other provider's address for it", () => {
    const yaml = "config:\n  heroku-native:apiUrl: http://localhost:1\n  # heroku:url: http://localhost:2\n";
    expect(() => parseLocalHerokuUrl(yaml)).toThrow(
      new Error("Pulumi.local.yaml has no heroku:url; set it to http://localhost:<port>"),
    );
  });

  it.each(["http://localhost", "https://localhost:5075", "http://example.com:5075", "localhost:5075"])(
    "refuses %s",
    (value) => {
      expect(() => parseLocalHerokuUrl(`config:\n  heroku:url: ${value}\n`)).toThrow(
        new Error(`heroku:url in Pulumi.local.yaml must be http://localhost:<port>, got ${value}`),
      );
    },
  );
});
