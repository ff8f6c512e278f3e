import { ALL_DAYS, isTimezone, nextRun } from "../../../../emulator/data-api/backups/schedule-time";

const next = (hour: number, timezone: string, after: string, days: readonly string[] = ALL_DAYS) => {
  const time = nextRun({ hour, timezone, days }, Date.parse(after));
  return time === undefined ? undefined : new Date(time).toISOString();
};

describe("nextRun", () => {
  it("returns the hour in the schedule's zone, today or tomorrow, but never now", () => {
    expect(next(3, "America/New_York", "2026-11-22T07:59:00Z")).toBe("2026-11-22T08:00:00.000Z");
    expect(next(3, "America/New_York", "2026-11-22T08:00:00Z")).toBe("2026-11-23T08:00:00.000Z");
    expect(next(0, "UTC", "2026-12-31T23:59:59Z")).toBe("2027-01-01T00:00:00.000Z");
  });

  it("supports zones with offsets of parts of an hour", () => {
    expect(next(6, "Asia/Kathmandu", "2026-11-22T00:00:00Z")).toBe("2026-11-22T00:15:00.000Z");
  });

  it("skips a day on which the hour does not exist", () => {
    expect(next(2, "Europe/Paris", "2026-03-28T02:00:00Z")).toBe("2026-03-30T00:00:00.000Z");
  });

  it("uses only the chosen days, and returns nothing without any", () => {
    expect(next(5, "UTC", "2026-11-22T06:00:00Z", ["Sunday"])).toBe("2026-11-29T05:00:00.000Z");
    expect(next(5, "UTC", "2026-11-22T06:00:00Z", [])).toBeUndefined();
  });
});

describe("isTimezone", () => {
  it("accepts only IANA names", () => {
    expect([isTimezone("Europe/Paris"), isTimezone("UTC"), isTimezone("Mars/Olympus")]).toEqual([true, true, false]);
  });
});
