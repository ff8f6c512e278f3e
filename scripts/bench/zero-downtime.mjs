import { sources } from "../support/sources.mjs";

const VISIT = { windows: 50, boardCount: 10, strokeEveryMs: 1_500, requestsPerSecond: 30 };

/** skechwime on two standard dynos with preboot, moved by releases, config changes, rollbacks and scalings under load. */
export async function measure() {
  const { ALL_MOVES, measureZeroDowntime } = sources("tests/load/zero-downtime.ts");
  const { busy, quiet, lost, seconds, connections } = await measureZeroDowntime(ALL_MOVES, VISIT, { withQuiet: true });
  const { requests } = busy;
  const milliseconds = (/** @type {"p50" | "p99"} */ share) => ({
    measured: requests[share],
    unit: "ms",
    yardstick: { value: quiet[share], what: "with no move" },
  });
  return [
    { figure: `${ALL_MOVES.length} moves of dynos under load`, measured: seconds, unit: "s" },
    { figure: "moved: requests", measured: requests.sent, unit: "requests" },
    { figure: "moved: requests failed", measured: requests.failed, unit: "requests", aim: { most: 0 } },
    { figure: "moved: request, p50", ...milliseconds("p50") },
    { figure: "moved: request, p99", ...milliseconds("p99") },
    {
      figure: "moved: WebSockets live at the end",
      measured: busy.held,
      unit: "sockets",
      aim: { least: VISIT.windows },
    },
    { figure: "moved: WebSockets reconnected", measured: busy.reconnected, unit: "times" },
    { figure: "moved: longest without a live board", measured: busy.longestOffline / 1_000, unit: "s" },
    { figure: "moved: strokes drawn", measured: busy.drawn.length, unit: "strokes" },
    {
      figure: "moved: strokes not acknowledged",
      measured: busy.drawn.length - busy.acked,
      unit: "strokes",
      aim: { most: 0 },
    },
    { figure: "moved: strokes lost", measured: lost, unit: "strokes", aim: { most: 0 } },
    ...Object.entries(connections).map(([plan, { most, limit }]) => ({
      figure: `moved: connections to ${plan}`,
      measured: most,
      unit: "connections",
      aim: { most: limit },
    })),
  ];
}
