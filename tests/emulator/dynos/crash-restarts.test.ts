import { Clock } from "../../../emulator/clock";
import { CrashRestarts } from "../../../emulator/dynos/crash-restarts";

describe("CrashRestarts", () => {
  let clock: Clock;
  let restarts: CrashRestarts;
  beforeEach(() => {
    clock = new Clock();
    restarts = new CrashRestarts(clock);
  });
  afterEach(() => clock.close());

  /** Seconds of the clock until a crashed dyno is restarted. */
  const pause = (upSeconds: number) => {
    let restarted = false;
    restarts.schedule("web.1", upSeconds, () => {
      restarted = true;
    });
    for (let seconds = 0; seconds <= 1_200; seconds++) {
      clock.advance(seconds === 0 ? 0 : 1_000);
      if (restarted) return seconds;
    }
    return undefined;
  };

  it("restarts at once after the first crash, then after longer and longer pauses, up to twenty minutes", () => {
    expect(Array.from({ length: 10 }, () => pause(1))).toEqual([0, 10, 20, 40, 80, 160, 320, 640, 1200, 1200]);
  });

  it("starts over after five minutes up", () => {
    pause(1);
    pause(1);
    expect(pause(300)).toBe(0);
  });

  it("restarts no dyno that was cancelled", () => {
    restarts.schedule("web.1", 1, () => {
      throw new Error("restarted");
    });
    restarts.cancel("web.1");
    clock.advance(3_600_000);
  });
});
