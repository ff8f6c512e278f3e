import { BackupSchedule } from "../../components/backup-schedule";
import { Recorder, resolved } from "../support/recorder";

describe("BackupSchedule", () => {
  it("declares the schedule, in UTC by default, and returns it", async () => {
    const recorder = await Recorder.start();
    const backups = new BackupSchedule("backups", { database: "database-id", hour: 3 });
    const schedule = await recorder.only("heroku-native:index:BackupSchedule");
    expect(schedule.inputs).toMatchObject({ database: "database-id", hour: 3, timezone: "UTC" });
    expect(schedule.parent).toContain("skechwime:components:BackupSchedule::backups");
    expect(await resolved(backups.schedule)).toBe("03:00 UTC");
  });

  it("reports every issue at once and registers nothing", async () => {
    const recorder = await Recorder.start();
    expect(() => new BackupSchedule("backups", { database: "d", hour: 24, timezone: "Berlin/Europe" })).toThrow(
      /hour must be a whole hour from 0 to 23, got 24; .*\n {2}timezone must be an IANA time zone, got "Berlin\/Europe"; /,
    );
    expect(await recorder.settled()).toEqual([]);
  });
});
