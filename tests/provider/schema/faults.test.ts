import { serverUrlFault, timezoneFault, wholeNumberFault } from "../../../provider/schema/faults";

describe("timezoneFault", () => {
  it.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Calcutta", "Etc/GMT+3"])(
    "takes %s",
    (zone) => {
      expect(timezoneFault(zone)).toBeUndefined();
    },
  );

  it.each([
    ["CET", 'backup time zone must be an IANA name, got "CET"; e.g. "Europe/Berlin" or "UTC"'],
    ["", 'backup time zone must be an IANA name, got ""; e.g. "Europe/Berlin" or "UTC"'],
    ["+01:00", 'backup time zone must be an IANA name, got "+01:00"; e.g. "Europe/Berlin" or "UTC"'],
    ["europe/berlin", 'backup time zone must be an IANA name, got "europe/berlin"; write "Europe/Berlin"'],
    [
      "Europe/Berlim",
      'backup time zone must be an IANA name, got "Europe/Berlim"; no such time zone is known, e.g. "Europe/Berlin" or "UTC"',
    ],
  ])("refuses %j", (zone, reason) => {
    expect(timezoneFault(zone)).toBe(reason);
  });
});

describe("wholeNumberFault", () => {
  const fault = wholeNumberFault("backup hour", 0, 23);

  it("takes both bounds", () => {
    expect([fault(0), fault(23)]).toEqual([undefined, undefined]);
  });

  it.each([-1, 24])("refuses %i", (hour) => {
    expect(fault(hour)).toBe(`backup hour must be 0-23, got ${hour}`);
  });
});

describe("serverUrlFault", () => {
  const fault = serverUrlFault("apiUrl");

  it.each(["https://api.heroku.com", "http://localhost:5075", "http://localhost:5075/"])("takes %s", (url) => {
    expect(fault(url)).toBeUndefined();
  });

  it.each(["localhost:5075", "api.heroku.com", "https://api.heroku.com/apps", "ftp://x", "https://x?y=1"])(
    "refuses %s",
    (url) => {
      expect(fault(url)).toBe(`apiUrl must be a URL such as "https://api.heroku.com", got "${url}"`);
    },
  );

  it("does not repeat a password", () => {
    expect(fault("https://me:hidden@x")).toBe(
      'apiUrl must hold no user or password; use a URL such as "https://api.heroku.com"',
    );
  });
});
