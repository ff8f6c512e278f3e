import { sources } from "../support/sources.mjs";

/** The program on the real engine: how fast it is, and what it asks of Heroku. */
export async function measure() {
  const { up, noOpUp, refresh, preview } = await sources("tests/bench/stack.ts").measureStack();
  return [
    {
      figure: "no-op preview",
      measured: preview.seconds,
      unit: "s",
      yardstick: { value: preview.empty, what: "preview of an empty program" },
      aim: { ratio: 1.5 },
    },
    {
      figure: "up from empty, Postgres after 20 s, Redis after 10 s",
      measured: up.seconds,
      unit: "s",
      yardstick: { value: up.criticalPath, what: "its critical path" },
      aim: { ratio: 1.15 },
    },
    { figure: "up from empty: API requests", measured: up.requests, unit: "requests" },
    {
      figure: "up from empty: releases",
      measured: up.releases,
      unit: "releases",
      yardstick: { value: up.forcedReleases, what: "forced by Heroku's API" },
      aim: { ratio: 1 },
    },
    { figure: "no-op up: API requests", measured: noOpUp.requests, unit: "requests", aim: { most: 0 } },
    { figure: "no-op up: releases", measured: noOpUp.releases, unit: "releases", aim: { most: 0 } },
    { figure: "refresh: API requests", measured: refresh.requests, unit: "requests" },
    { figure: "refresh: releases", measured: refresh.releases, unit: "releases", aim: { most: 0 } },
  ];
}
