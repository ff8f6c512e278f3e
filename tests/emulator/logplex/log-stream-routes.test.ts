import { Clock } from "../../../emulator/clock";
import { logStreamRoutes } from "../../../emulator/logplex/log-stream-routes";
import { Logplex } from "../../../emulator/logplex/logplex";
import { Store } from "../../../emulator/store/store";
import { countedIds } from "../counted-ids";

describe("log stream routes", () => {
  const clock = new Clock();
  const store = Store.open();
  const logs = new Logplex(store, clock, countedIds());
  const routes = logStreamRoutes(store, logs);
  const read = async (accept?: string) => {
    const response = await routes.request("/streams/logs/session", accept ? { headers: { Accept: accept } } : {});
    return { type: response.headers.get("Content-Type"), text: await response.text() };
  };

  beforeAll(() => {
    const now = clock.timestamp();
    const times = { createdAt: now, updatedAt: now };
    const filter = { lines: 10, tail: false, dyno: null, type: null, source: null };
    store.collection("logSessions").put({ id: "session", appId: "app", ...times, ...filter });
    logs.append("app", { source: "app", dyno: "web.1", message: "hello" });
  });
  afterAll(() => logs.close());

  it("follow the log until the reader leaves", async () => {
    const tail = { ...store.collection("logSessions").get("session"), id: "tail", appId: "other", tail: true };
    const record = { lines: 0, createdAt: "", updatedAt: "", dyno: null, type: null, source: null, ...tail };
    store.collection("logSessions").put(record);
    const response = await routes.request("/streams/logs/tail");
    const reader = response.body?.getReader();

    logs.append("other", { source: "app", dyno: "web.1", message: "one" });
    const first = new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    logs.append("other", { source: "app", dyno: "web.1", message: "two" });

    expect(first).toMatch(/^\S+ app\[web\.1\]: one\n$/);
  });

  it("are text", async () => {
    const { type, text } = await read();

    expect(type).toBe("application/logplex-1");
    expect(text).toMatch(/^\S+ app\[web\.1\]: hello\n$/);
  });

  it("are events on request", async () => {
    const { type, text } = await read("text/event-stream");

    expect(type).toBe("text/event-stream");
    expect(text).toMatch(/^data: \S+ app\[web\.1\]: hello\n\n$/);
  });
});
