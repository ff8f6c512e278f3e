import { notKnownYet, type PropertyValues } from "../../../provider/schema/property";
import { checkConfiguration, settingsFrom } from "../../../stand-ins/heroku/configuration";

const url = "http://localhost:5075";

describe("Configuration of the stand-in for heroku", () => {
  it("keeps settings in the form that the official provider keeps them in", () => {
    const given = {
      url,
      apiKey: "key",
      delays: '{ "postDomainCreateDelay": 1, "postAppCreateDelay": 0 }',
      customizations: [{ setAppAllConfigVarsInState: false, setAddonConfigVarsInState: true }],
      version: "1.0.4",
    };

    expect(checkConfiguration(given, {})).toEqual({
      inputs: {
        url,
        apiKey: "key",
        delays: '{"postAppCreateDelay":0,"postDomainCreateDelay":1}',
        customizations: '[{"setAddonConfigVarsInState":true,"setAppAllConfigVarsInState":false}]',
        version: "1.0.4",
      },
      failures: [],
    });
  });

  it("takes the official provider's defaults", () => {
    expect(settingsFrom({ url }, {})).toEqual({
      url,
      apiKey: "",
      headers: {},
      postAppCreateDelay: 10,
      postDomainCreateDelay: 5,
      addonCreateTimeout: 20,
      setAppAllConfigVarsInState: true,
      setAddonConfigVarsInState: true,
    });
  });

  it("takes settings from JSON", () => {
    const settings = settingsFrom(
      {
        url,
        apiKey: "key",
        headers: '{"X-Team":"painters"}',
        delays: '{"postAppCreateDelay":3,"postDomainCreateDelay":4}',
        timeouts: '{"addonCreateTimeout":30}',
        customizations: '[{"setAppAllConfigVarsInState":false,"setAddonConfigVarsInState":false}]',
      },
      {},
    );

    expect(settings).toEqual({
      url,
      apiKey: "key",
      headers: { "X-Team": "painters" },
      postAppCreateDelay: 3,
      postDomainCreateDelay: 4,
      addonCreateTimeout: 30,
      setAppAllConfigVarsInState: false,
      setAddonConfigVarsInState: false,
    });
  });

  it("takes what is not configured from the environment, which stays out of the inputs", () => {
    const environment = { HEROKU_API_URL: url, HEROKU_API_KEY: "key", HEROKU_HEADERS: '{"X-Team":"painters"}' };

    expect(checkConfiguration({}, environment)).toEqual({ inputs: {}, failures: [] });
    expect(settingsFrom({}, environment)).toMatchObject({ url, apiKey: "key", headers: { "X-Team": "painters" } });
    expect(settingsFrom({ url: "http://127.0.0.1:1", apiKey: "other" }, environment)).toMatchObject({
      url: "http://127.0.0.1:1",
      apiKey: "other",
    });
  });

  it.each(["http://localhost:5075", "http://127.0.0.1:5075", "https://127.8.9.1", "http://[::1]:5075"])(
    "serves %s, which is this machine",
    (here) => {
      expect(checkConfiguration({ url: here }, {}).failures).toEqual([]);
      expect(settingsFrom({ url: here }, {}).url).toBe(here);
    },
  );

  it.each([
    [{ url: "https://api.heroku.com" }, "https://api.heroku.com"],
    [{}, "https://api.heroku.com"],
    [{ url: "" }, "https://api.heroku.com"],
    [{ url: "http://127.0.0.1.example.com" }, "http://127.0.0.1.example.com"],
    [{ url: "http://localhost.example.com" }, "http://localhost.example.com"],
    [{ url: "http://localhost@example.com" }, "http://localhost@example.com"],
    [{ url: "http://10.0.0.1" }, "http://10.0.0.1"],
    [{ url: "ftp://localhost" }, "ftp://localhost"],
    [{ url: "localhost" }, "localhost"],
  ])("refuses %j, which is another machine, and names the official provider", (given, shown) => {
    const refusal =
      `heroku:url must be an address of this machine for the stand-in provider, got ${shown}; install the official ` +
      "provider: `pulumi plugin install resource heroku 1.0.4 --server github://api.github.com/pulumiverse`";

    expect(checkConfiguration(given, {}).failures).toEqual([{ property: "url", reason: refusal }]);
    expect(() => settingsFrom(given, {})).toThrow(refusal);
  });

  it("waits for a URL that is not known yet", () => {
    const given: PropertyValues = { url: notKnownYet, delays: notKnownYet };

    expect(checkConfiguration(given, {})).toEqual({ inputs: given, failures: [] });
  });

  it.each([
    [{ bogus: "x" }, "bogus", 'unknown setting, got "bogus"; known are apiKey, customizations, delays'],
    [{ delays: "nonsense" }, "delays", "delays must be a JSON object, got text that is not"],
    [{ delays: "[1]" }, "delays", "delays must be a JSON object, got [1]"],
    [{ delays: '{"bogus":1}' }, "delays", 'unknown setting of delays, got "bogus"; known are postAppCreateDelay'],
    [{ delays: '{"postAppCreateDelay":-1}' }, "delays", "postAppCreateDelay must be a number from 0 up, got -1"],
    [{ timeouts: '{"addonCreateTimeout":9}' }, "timeouts", "addonCreateTimeout must be a number from 10 up, got 9"],
    [{ customizations: "{}" }, "customizations", "customizations must be a JSON list, got {}"],
    [{ customizations: '[{"bogus":true}]' }, "customizations", 'unknown customization, got "bogus"'],
    [{ headers: "x" }, "headers", "headers must be a JSON object, got a secret that is not"],
  ])("refuses %j", (given, property, reason) => {
    const { failures } = checkConfiguration({ url, ...given }, {});

    expect(failures).toEqual([{ property, reason: expect.stringContaining(reason) }]);
  });
});
