import { type Moment, ReleaseKills, type Victim } from "../support/release-kills";

jest.setTimeout(4 * 3_600_000);

/** Every moment instead of the chosen ones; takes half an hour. */
const isWhole = process.env.KILLED_RELEASES === "all";
const victims: Victim[] = ["engine", "provider", "Local Heroku"];

/** Whatever is killed in the middle of an `up` that releases: the app serves on, and the next `up` ends right. */
describe("an up that is killed while it releases", () => {
  let kills: ReleaseKills;

  beforeAll(async () => {
    kills = await ReleaseKills.create();
  });

  afterAll(() => kills?.destroy());

  const release: Moment = { method: "PATCH", path: "/formation$" };
  const lookBack: Moment = { method: "GET", path: "/releases/[^/]+$" };
  const look: Moment = { method: "GET", path: "/formation$" };
  const push: Moment = { method: "PUT", path: "^/v2/.*/manifests/" };
  const cases: [Victim, string, Moment, boolean][] = [
    ["engine", "before it releases", release, false],
    ["engine", "as it releases", release, true],
    ["provider", "as it releases", release, true],
    ["provider", "as it waits for the release phase", lookBack, true],
    ["Local Heroku", "before it has released", release, false],
    ["Local Heroku", "as it has released", release, true],
    ["engine", "as an image is pushed", push, true],
    ["engine", "as it looks at what it has released", look, true],
  ];
  if (!isWhole) {
    it.each(cases)("%s, %s", async (victim, _, moment, takesEffect) => {
      expect(await kills.run(victim, moment, takesEffect)).toEqual([]);
    });
    return;
  }

  it("at each request that it makes", async () => {
    const requests = await kills.requests();
    const ends: string[] = [];
    const isPush = (nth: number) => requests[nth - 1]?.path.startsWith("/v2/") === true;
    const all = requests.map((_, index) => index + 1);
    for (const nth of [...all.filter((each) => !isPush(each)), ...all.filter(isPush)]) {
      // Docker's many requests to the registry are alike: one victim at each.
      for (const victim of isPush(nth) ? victims.slice(nth % 3, (nth % 3) + 1) : victims) {
        const takesEffect = (nth + victims.indexOf(victim)) % 2 === 0;
        const wrongs = await kills.run(victim, { nth }, takesEffect).catch((error: Error) => [error.message]);
        if (wrongs === undefined) continue;
        const { method, path } = requests[nth - 1] ?? {};
        ends.push(`${victim} at ${nth} of ${requests.length}, ${method} ${path}: ${wrongs.join("; ") || "right"}`);
        process.stderr.write(`${ends.at(-1)}\n`);
      }
    }
    const right = ends.filter((end) => end.endsWith(": right"));
    process.stderr.write(`${right.length} of ${ends.length} end right\n`);
    expect(ends.filter((end) => !right.includes(end))).toEqual([]);
  });
});
