import { sources } from "../support/sources.mjs";

/** Local Heroku by itself. */
export async function measure() {
  const { start, memory } = await sources("tests/bench/local-heroku.ts").measureLocalHeroku();
  return [
    { figure: "Local Heroku: start to first answer", measured: start, unit: "s" },
    { figure: "Local Heroku: idle memory", measured: memory, unit: "MB", aim: { most: 150 } },
  ];
}
