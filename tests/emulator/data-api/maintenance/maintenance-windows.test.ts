import { windowFrom } from "../../../../emulator/data-api/maintenance/maintenance-windows";

describe("windowFrom", () => {
  it("describes a window of four hours in Heroku's words, also over midnight", () => {
    expect(windowFrom("tuesday", "14:30")).toBe("Tuesdays 14:30 to 18:30 UTC");
    expect(windowFrom("Saturday", "10:00PM")).toBe("Saturdays 22:00 to Sundays 02:00 UTC");
    expect(windowFrom("sunday", "12:00AM")).toBe("Sundays 00:00 to 04:00 UTC");
  });

  it.each(["Mondays", "monday", "MON", " mondays "])("knows %j as a day", (day) => {
    expect(windowFrom(day, "10:30")).toBe("Mondays 10:30 to 14:30 UTC");
  });

  it.each(["10:30 UTC", "10:30 to 14:30 UTC", "10:30am", "10:30 AM"])("knows %j as a time", (time) => {
    expect(windowFrom("Monday", time)).toBe("Mondays 10:30 to 14:30 UTC");
  });

  it("refuses other minutes, hours and days", () => {
    expect([windowFrom("monday", "14:15"), windowFrom("monday", "24:00"), windowFrom("mo", "14:00")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
