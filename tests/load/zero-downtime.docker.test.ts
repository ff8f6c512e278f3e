import { ALL_MOVES, measureZeroDowntime } from "./zero-downtime";

jest.setTimeout(3_600_000);

const isWhole = process.env.ZERO_DOWNTIME === "all";

describe("skechwime with preboot, moved while people draw on it", () => {
  it("loses no request and no stroke, and every window finds back to a live board", async () => {
    const windows = isWhole ? 50 : 20;
    const moves = isWhole ? ALL_MOVES : (["release", "config", { scale: 1 }, "rollback"] as const);
    const visit = { windows, boardCount: windows / 5, strokeEveryMs: 1_500, requestsPerSecond: 30 };
    const figures = await measureZeroDowntime(moves, visit, { withQuiet: isWhole });
    const { busy, lost, connections, routerErrors } = figures;
    if (isWhole) console.log(JSON.stringify({ ...figures, busy: { ...busy, drawn: busy.drawn.length } }, null, 2));

    expect(busy.requests).toMatchObject({ failed: 0, reasons: [] });
    expect({ drawn: busy.drawn.length, lost, unseen: busy.unseen }).toEqual({ drawn: busy.acked, lost: 0, unseen: 0 });
    expect(busy.drawn.length).toBeGreaterThan(windows);
    expect(busy.held).toBe(windows);
    // Told to end, the app closes every socket itself, so that no window has to guess.
    expect(busy.codes[1012]).toBeGreaterThanOrEqual(windows);
    expect(busy.reconnected).toBeGreaterThanOrEqual(windows);
    expect(Object.values(connections).filter(({ most, limit }) => most > limit)).toEqual([]);
    expect(routerErrors).toEqual([]);
  });
});
