import { CrashBackoff } from "../../../emulator/dynos/crash-backoff";

describe("CrashBackoff", () => {
  it("starts at once after the first crash, then rests longer and longer, up to twenty minutes", () => {
    const backoff = new CrashBackoff();
    expect(Array.from({ length: 10 }, () => backoff.pauseAfter(1))).toEqual([
      0, 10, 20, 40, 80, 160, 320, 640, 1200, 1200,
    ]);
  });

  it("forgets crashes after five minutes up", () => {
    const backoff = new CrashBackoff();
    backoff.pauseAfter(1);
    backoff.pauseAfter(1);
    expect(backoff.pauseAfter(300)).toBe(0);
  });
});
