import { LocalHerokuProcess } from "../support/local-heroku-process";
import { expectSoon } from "../support/soon";
import { type Load, load } from "./load";

/** What clients read most, of an app with config vars, releases, a formation and an add-on. */
export const READS = [
  "/apps",
  "/apps/bench",
  "/apps/bench/config-vars",
  "/apps/bench/formation",
  "/apps/bench/releases",
  "/apps/bench/addons",
] as const;

/** How many apps there are, each time. */
export const APPS = [1, 100, 1_000] as const;

const headers = { accept: "application/vnd.heroku+json; version=3", authorization: "Bearer local-heroku" };

/** How fast each read is, in the order of {@link READS}, by the number of apps. */
export async function measureReads(): Promise<Map<number, Load[]>> {
  const heroku = await LocalHerokuProcess.start();
  try {
    await addBenchApp(heroku);
    // Code that has run for a while is faster; the first figure is to be no slower for that.
    for (const path of READS) await load({ port: heroku.port, path, headers });
    const figures = new Map<number, Load[]>();
    for (const count of APPS) {
      const names = Array.from({ length: count - 1 }, (_, index) => `other-${index + 1}`);
      await heroku.control("POST", "/seed", {
        apps: names.map((name) => ({ name, owner: "dev@localhost", configVars: { A: "1" } })),
      });
      const loads: Load[] = [];
      for (const path of READS) loads.push(await load({ port: heroku.port, path, headers }));
      figures.set(count, loads);
    }
    return figures;
  } finally {
    await heroku.destroy();
  }
}

async function addBenchApp(heroku: LocalHerokuProcess): Promise<void> {
  await heroku.api("POST", "/apps", { name: "bench" });
  const { id } = await heroku.api<{ id: string }>("POST", "/apps/bench/slugs", {
    process_types: { web: "serve", worker: "work" },
  });
  await heroku.api("POST", "/apps/bench/releases", { slug: id });
  await heroku.api("POST", "/apps/bench/addons", { plan: "heroku-redis:mini" });
  await expectSoon(async () => {
    const [addon] = await heroku.api<{ state: string }[]>("GET", "/apps/bench/addons");
    return addon?.state === "provisioned";
  });
  for (let value = 0; value < 20; value++) {
    await heroku.api("PATCH", "/apps/bench/config-vars", { VALUE: `${value}` });
  }
}
