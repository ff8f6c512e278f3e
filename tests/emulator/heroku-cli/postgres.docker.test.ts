import { describeWithCli } from "../../support/heroku-cli";
import { CliFixture } from "./cli-fixture";

describeWithCli("Heroku's CLI with Heroku Postgres", () => {
  let cli: CliFixture;
  let heroku: CliFixture["heroku"];
  let database: string;
  const psql = (statement: string) => heroku.run("pg:psql", "-c", statement, "-a", "canvas");

  beforeAll(async () => {
    cli = await CliFixture.open();
    ({ heroku } = cli);
    await cli.test.addApp("canvas");
    await heroku.run("addons:create", "heroku-postgresql:standard-0", "--wait", "-a", "canvas");
    database = (await heroku.run("addons", "-a", "canvas")).match(/heroku-postgresql \(([\w-]+)\)/)?.[1] ?? "";
  });

  afterAll(() => cli?.destroy());

  it("pg:wait waits, pg:info shows the database", async () => {
    await heroku.run("pg:wait", "-a", "canvas");
    const info = await heroku.run("pg:info", "-a", "canvas");
    expect(info).toMatch(/^=== DATABASE_URL$/m);
    expect(info).toMatch(/^Plan: +Standard 0$/m);
    expect(info).toMatch(/^Status: +Available$/m);
    expect(info).toMatch(/^Tables: +0$/m);
    expect(info).toMatch(/^PG Version: +17\.\d+$/m);
    expect(info).toMatch(/^Connections: +0\/120$/m);
    expect(info).toMatch(new RegExp(`^Add-on: +${database}$`, "m"));
  });

  it("pg:psql runs SQL through psql", async () => {
    await psql("create table strokes (colour text)");
    expect(await psql("insert into strokes values ('red'), ('blue')")).toContain("INSERT 0 2");
    expect(await psql("select colour from strokes order by colour")).toMatch(/colour\n-+\n blue\n red\n\(2 rows\)/);
    expect(await heroku.run("pg:info", "-a", "canvas")).toMatch(/^Tables: +1$/m);
  });

  it("pg:backups:capture saves, pg:backups:url publishes and pg:backups:restore restores", async () => {
    const captured = await heroku.run("pg:backups:capture", "-a", "canvas");
    expect(captured).toContain(`Starting backup of ${database}... done`);
    expect(captured).toContain("Backing up DATABASE to b001... done");
    expect(await heroku.run("pg:backups", "-a", "canvas")).toMatch(/ b001 +\S+ \S+ \+0000 +Completed .* DATABASE$/m);

    const url = await heroku.run("pg:backups:url", "b001", "-a", "canvas");
    const dump = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(dump.subarray(0, 5).toString()).toBe("PGDMP");

    await psql("drop table strokes");
    const restored = await heroku.run(
      "pg:backups:restore",
      "b001",
      "DATABASE_URL",
      "-a",
      "canvas",
      "--confirm",
      "canvas",
    );
    expect(restored).toContain(`Starting restore of b001 to ${database}... done`);
    expect(restored).toContain("Restoring... done");
    expect(await psql("select count(*) from strokes")).toMatch(/^ +2$/m);
    expect(await heroku.fail("pg:backups:url", "b009", "-a", "canvas")).toContain("not_found");
  });

  it("pg:backups:schedule, pg:backups:schedules and pg:backups:unschedule manage one time a day", async () => {
    expect(await heroku.run("pg:backups:schedule", "DATABASE_URL", "--at", "02:00 UTC", "-a", "canvas")).toContain(
      `Scheduling automatic daily backups of ${database} at 02:00 UTC... done`,
    );
    expect(await heroku.run("pg:backups:schedules", "-a", "canvas")).toBe(
      "=== Backup Schedules\n\nDATABASE_URL: daily at 2:00 UTC",
    );
    expect(await heroku.run("pg:backups:unschedule", "DATABASE_URL", "-a", "canvas")).toContain(
      "Unscheduling DATABASE_URL daily backups... done",
    );
    expect(await heroku.run("pg:backups:schedules", "-a", "canvas")).toContain("No backup schedules found on canvas");
  });

  it("pg:credentials lists, creates, shows, rotates and destroys credentials", async () => {
    expect(await heroku.run("pg:credentials", "-a", "canvas")).toMatch(/ default +active\n.*as DATABASE/);
    expect(await heroku.run("pg:credentials:create", "--name", "reader", "-a", "canvas")).toContain(
      "Creating credential reader... done",
    );
    expect(await heroku.run("pg:credentials", "-a", "canvas")).toMatch(/^ +reader +active$/m);

    const url = await heroku.run("pg:credentials:url", "-a", "canvas");
    expect(url).toContain("Connection information for default credential.");
    expect(url).toContain(await heroku.run("config:get", "DATABASE_URL", "-a", "canvas"));

    expect(
      await heroku.run("pg:credentials:rotate", "--name", "reader", "-a", "canvas", "--confirm", "canvas"),
    ).toContain(`Rotating reader on ${database}... done`);
    expect(
      await heroku.run("pg:credentials:destroy", "--name", "reader", "-a", "canvas", "--confirm", "canvas"),
    ).toContain("Destroying credential reader... done");
  });
});
