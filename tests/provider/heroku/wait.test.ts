import { GaveUpError, waitUntil } from "../../../provider/heroku/wait";
import { clientOf, TestRuntime } from "../support/test-runtime";

const what = "the dyno to be up";

describe("waitUntil", () => {
  let runtime: TestRuntime;
  let looks: number;

  beforeEach(() => {
    runtime = new TestRuntime();
    looks = 0;
  });

  const foundAt = (look: number) => async () => (++looks >= look ? "up" : undefined);
  const wait = (options: Partial<Parameters<typeof waitUntil<string>>[1]>) => {
    const { client, messages } = clientOf("http://localhost", runtime);
    return { found: waitUntil(client, { what, timeout: 60_000, look: foundAt(5), ...options }), messages };
  };

  it("pauses a quarter longer each time, up to the longest pause", async () => {
    await expect(wait({ look: foundAt(5), pauses: { first: 400, longest: 700 } }).found).resolves.toBe("up");
    expect(runtime.sleeps).toEqual([400, 500, 625, 700]);
  });

  it("looks at once when it is due, and soon again", async () => {
    let due = () => {};
    const hurry = new Promise<void>((resolve) => {
      due = resolve;
    });
    const look = async () => {
      looks += 1;
      if (looks === 4) due();
      return looks === 6 ? "up" : undefined;
    };
    await expect(wait({ look, hurry, pauses: { first: 400, longest: 5_000 } }).found).resolves.toBe("up");
    expect(runtime.sleeps).toEqual([400, 500, 625, 781.25, 500]);
  });

  it("shows the same time once", async () => {
    const { found, messages } = wait({ look: foundAt(5), pauses: { first: 400, longest: 400 } });
    await found;
    expect(messages).toEqual([`waiting for ${what} (0 s)`, `waiting for ${what} (1 s)`]);
  });

  it("gives up after its time", async () => {
    const { found } = wait({ look: foundAt(99), timeout: 1_000 });
    await expect(found).rejects.toThrow(GaveUpError);
    expect(looks).toBe(5);
  });
});
