import { defaultRetries, pauseBeforeRetry } from "../../../provider/heroku/retry";

const middle = () => 0.5;

/** Pauses before each further try of a request that fails in the same way for ever. */
function pauses(outcome: { status?: number; headers?: Headers }, repeatable: boolean, random = middle): number[] {
  const found: number[] = [];
  for (let failures = 1; ; failures++) {
    const pause = pauseBeforeRetry(outcome, failures, repeatable, defaultRetries, random);
    if (pause === undefined) return found;
    found.push(pause);
  }
}

describe("pauseBeforeRetry", () => {
  it.each([500, 502, 503, 504])("tries a repeatable request five times more after %i, each time later", (status) => {
    expect(pauses({ status }, true)).toEqual([188, 375, 750, 1500, 3000]);
  });

  it("tries a repeatable request again after a network fault", () => {
    expect(pauses({}, true)).toHaveLength(5);
  });

  it("does not repeat a request that may have been carried out already", () => {
    expect(pauses({ status: 503 }, false)).toEqual([]);
    expect(pauses({}, false)).toEqual([]);
  });

  it.each([400, 401, 403, 404, 409, 410, 422, 423, 501])("takes %i for an answer", (status) => {
    expect(pauses({ status }, true)).toEqual([]);
  });

  it("tries any request again after 429, for minutes, at most a minute apart", () => {
    const found = pauses({ status: 429 }, false, () => 1);

    expect(found).toEqual([1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000, 60000]);
  });

  it("spreads pauses over the upper half", () => {
    expect(pauses({ status: 429 }, false, () => 0)[3]).toBe(4000);
    expect(pauses({ status: 429 }, false, () => 1)[3]).toBe(8000);
  });

  it("waits as long as Heroku asks for, in seconds or until a date, at most five minutes", () => {
    const asked = (value: string) => ({ status: 429, headers: new Headers({ "retry-after": value }) });

    expect(pauses(asked("7"), false)[0]).toBe(7000);
    expect(pauses(asked("86400"), false)[0]).toBe(300000);
    expect(pauses(asked("Mon, 01 Jan 2001 00:00:00 GMT"), false)[0]).toBe(0);
    expect(pauses(asked("soon"), false)[0]).toBe(750);
  });
});
