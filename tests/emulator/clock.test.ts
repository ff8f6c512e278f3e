import { Clock } from "../../emulator/clock";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("Clock", () => {
  let clock: Clock;
  const moves: number[] = [];
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse("2026-03-01T12:00:00Z") });
    moves.length = 0;
    clock = new Clock(0, (offset) => moves.push(offset));
  });
  afterEach(() => {
    clock.close();
    jest.useRealTimers();
  });

  it("is the machine's time plus an offset", () => {
    expect(clock.timestamp()).toBe("2026-03-01T12:00:00.000Z");
    jest.advanceTimersByTime(1_000);
    expect(clock.timestamp()).toBe("2026-03-01T12:00:01.000Z");
    expect(new Clock(-HOUR).timestamp()).toBe("2026-03-01T11:00:01.000Z");
  });

  it("fires a timer when its time comes", () => {
    const fired = jest.fn();
    clock.after(1_000, fired);

    jest.advanceTimersByTime(999);
    expect(fired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(fired).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(DAY);
    expect(fired).toHaveBeenCalledTimes(1);
  });

  it("fires timers in order, each at its own time, when it is moved", () => {
    const fired: string[] = [];
    clock.after(2 * HOUR, () => fired.push(`second at ${clock.timestamp()}`));
    clock.after(HOUR, () => fired.push(`first at ${clock.timestamp()}`));

    clock.advance(3 * HOUR);

    expect(fired).toEqual(["first at 2026-03-01T13:00:00.000Z", "second at 2026-03-01T14:00:00.000Z"]);
    expect(clock.timestamp()).toBe("2026-03-01T15:00:00.000Z");
    expect(moves).toEqual([3 * HOUR]);
  });

  it("fires a timer that renews itself once for each day that is skipped", () => {
    let days = 0;
    const daily = () => {
      days += 1;
      clock.after(DAY, daily);
    };
    clock.after(HOUR, daily);

    clock.advance(3 * DAY);

    expect(days).toBe(3);
  });

  it("fires nothing when it is moved back, and keeps the times of timers", () => {
    const fired = jest.fn();
    clock.after(HOUR, fired);

    clock.set(Date.parse("2026-03-01T11:00:00Z"));
    jest.advanceTimersByTime(HOUR);
    expect(fired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(HOUR);
    expect(fired).toHaveBeenCalledTimes(1);
  });

  it("fires no cancelled timer", () => {
    const fired = jest.fn();
    const cancel = clock.after(HOUR, fired);

    cancel();
    clock.advance(DAY);

    expect(fired).not.toHaveBeenCalled();
  });

  it("waits for times beyond the limit of Node's timers", () => {
    const fired = jest.fn();
    clock.after(60 * DAY, fired);

    jest.advanceTimersByTime(59 * DAY);
    expect(fired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(DAY);
    expect(fired).toHaveBeenCalledTimes(1);
  });
});
