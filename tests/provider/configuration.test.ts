import { checkConfiguration, settingsFrom } from "../../provider/configuration";
import { notKnownYet } from "../../provider/schema/property";

describe("checkConfiguration", () => {
  it("says how to give an API key when there is none", () => {
    expect(checkConfiguration({}, { HEROKU_API_KEY: "" }).failures).toEqual([
      {
        property: "apiKey",
        reason:
          "Heroku API key is missing, got none; set it with `pulumi config set --secret heroku-native:apiKey` or in HEROKU_API_KEY",
      },
    ]);
  });

  it("takes the key from the environment, and keeps it out of the state", () => {
    expect(checkConfiguration({}, { HEROKU_API_KEY: "from-environment" })).toEqual({ inputs: {}, failures: [] });
  });

  it("reports every fault at once, and which environment variable it comes from", () => {
    const given = { apiKey: " ", apiUrl: "api.heroku.com", url: "x" };

    const { failures } = checkConfiguration(given, { HEROKU_API_URL: "ftp://y", HEROKU_DATA_URL: "data" });

    expect(Object.fromEntries(failures.map(({ property, reason }) => [property, reason]))).toEqual({
      apiKey: "apiKey must not be blank, got none; take one from `heroku auth:token`",
      apiUrl:
        'apiUrl must be the http or https URL of a server, got "api.heroku.com"; write it without user, path and query, e.g. "https://api.heroku.com"',
      url: 'unknown input, got "url"; known are apiKey, apiUrl, dataUrl, registryUrl',
      dataUrl:
        'dataUrl must be the http or https URL of a server, got "data"; write it without user, path and query, e.g. "https://api.heroku.com" (from HEROKU_DATA_URL)',
    });
  });

  it("lets a key pass that a preview does not know yet", () => {
    expect(checkConfiguration({ apiKey: notKnownYet }, {}).failures).toEqual([]);
  });
});

describe("settingsFrom", () => {
  it("takes the configuration, then the environment, then Heroku's own servers", () => {
    const environment = { HEROKU_API_KEY: "environment", HEROKU_API_URL: "http://e", HEROKU_DATA_URL: "http://d" };

    expect(settingsFrom({ apiKey: "configured", apiUrl: "http://c" }, environment)).toEqual({
      apiKey: "configured",
      apiUrl: "http://c",
      dataUrl: "http://d",
      registryUrl: "https://registry.heroku.com",
    });
    expect(settingsFrom({ apiKey: "configured" }, {})).toEqual({
      apiKey: "configured",
      apiUrl: "https://api.heroku.com",
      dataUrl: "https://api.data.heroku.com",
      registryUrl: "https://registry.heroku.com",
    });
  });
});
