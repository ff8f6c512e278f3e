import { sources } from "../support/sources.mjs";

/** What stands between a browser and a dyno. */
export async function measure() {
  const { direct, routed, webSocket } = await sources("tests/bench/router.ts").measureRouter();
  return [
    {
      figure: "a request through the router, median of one client",
      measured: routed,
      unit: "ms",
      yardstick: { value: direct, what: "straight to the dyno" },
    },
    { figure: "Local Heroku's memory for one open WebSocket", measured: webSocket, unit: "kB" },
  ];
}
