import { sources } from "../support/sources.mjs";

/** Local Heroku's common reads by 16 clients: the number of apps is not to matter, but to the list of all apps. */
export async function measure() {
  const { APPS, READS, measureReads } = sources("tests/bench/reads.ts");
  const figures = await measureReads();
  const [least, ...more] = APPS;
  return READS.flatMap((/** @type {string} */ path, /** @type {number} */ index) =>
    more.flatMap((/** @type {number} */ count) => {
      const [one, many] = [figures.get(least)[index], figures.get(count)[index]];
      const figure = `GET ${path.replace("bench", ":app")}, ${count.toLocaleString("en")} apps`;
      const what = `${least} app`;
      return [
        {
          figure,
          measured: many.requestsPerSecond,
          unit: "requests/s",
          yardstick: { value: one.requestsPerSecond, what },
        },
        {
          figure: `${figure}: 99 of 100 within`,
          measured: many.p99,
          unit: "ms",
          yardstick: { value: one.p99, what },
          ...(path === "/apps" ? {} : { aim: { ratio: 2 } }),
        },
      ];
    }),
  );
}
