import { killRun } from "./durability/kill-run";

/** `KILLS=100` for the complete run, which takes a quarter of an hour. */
const kills = Number(process.env.KILLS ?? 5);

describe("Local Heroku under kill -9", () => {
  it(`loses nothing that was acknowledged in ${kills} kills, leaks no container and keeps no lock`, async () => {
    const { acknowledged, inDoubt, compared, ...found } = await killRun(kills, (line) =>
      process.stderr.write(`${line}\n`),
    );
    process.stderr.write(
      `kills ${kills}, writes acknowledged ${acknowledged}, without answer ${inDoubt}, read back ${compared}\n`,
    );

    expect(found).toEqual({ kills, lost: [], leaked: [], stuck: [], restarted: [], faults: [] });
    expect(acknowledged).toBeGreaterThan(kills);
  }, 3_600_000);
});
