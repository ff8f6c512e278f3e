import { formatEntry, formatFrame, matches } from "../../../emulator/logplex/log-entry";

const entry = { time: Date.parse("2026-11-22T15:04:05.678Z"), source: "app" as const, dyno: "web.1", message: "grüße" };

describe("log entries", () => {
  it("have Logplex's format", () => {
    expect(formatEntry(entry)).toBe("2026-11-22T15:04:05.678000+00:00 app[web.1]: grüße\n");
  });

  it("have octet-counted syslog format for drains", () => {
    expect(formatFrame(entry)).toBe("65 <190>1 2026-11-22T15:04:05.678000+00:00 host app web.1 - grüße\n");
  });

  it("are filtered by source, dyno and type", () => {
    const all = { source: null, dyno: null, type: null };
    const wanted = [
      all,
      { ...all, dyno: "web" },
      { ...all, type: "web.1" },
      { ...all, dyno: "web.2" },
      { ...all, source: "heroku" },
    ];
    expect(wanted.map((filter) => matches(entry, filter))).toEqual([true, true, true, false, false]);
  });
});
