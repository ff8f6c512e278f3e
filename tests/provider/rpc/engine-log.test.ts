import { EngineLog } from "../../../provider/rpc/engine-log";
import { EngineLogServer } from "../support/engine-log";

describe("EngineLog", () => {
  it("sends a message only when the engine has the one before, so that lines stay in order", async () => {
    const engine = await EngineLogServer.start();
    let answer = () => {};
    engine.held = new Promise<void>((resolve) => (answer = resolve));
    const log = new EngineLog(engine.address);

    log.status("urn", "Operations to perform:");
    log.status("urn", "Running migrations:");
    await engine.received(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const meanwhile = engine.messages.length;
    answer();

    expect(meanwhile).toBe(1);
    expect((await engine.received(2)).map(({ message }) => message)).toEqual([
      "Operations to perform:",
      "Running migrations:",
    ]);
    log.close();
    engine.stop();
  });

  it("has the engine keep what it tells, with its severity", async () => {
    const engine = await EngineLogServer.start();
    const log = new EngineLog(engine.address);

    await log.tell("urn:one", "promotes 3f2a1bc", "info");
    await log.tell("urn:one", "the database has moved on", "warning");
    log.close();
    engine.stop();

    expect(engine.messages).toEqual([
      expect.objectContaining({ urn: "urn:one", message: "promotes 3f2a1bc", severity: 1, ephemeral: false }),
      expect.objectContaining({ message: "the database has moved on", severity: 2, ephemeral: false }),
    ]);
  });

  it("goes on when no engine listens", async () => {
    const log = new EngineLog("127.0.0.1:1");

    await expect(log.tell("urn:one", "lost", "info")).resolves.toBeUndefined();
    await expect(new EngineLog(undefined).tell("urn:one", "lost", "info")).resolves.toBeUndefined();
    log.close();
  });

  it("loses what is sent after its end, and nothing else", async () => {
    const engine = await EngineLogServer.start();
    const log = new EngineLog(engine.address);
    await log.tell("urn", "first", "info");
    log.close();

    await expect(log.tell("urn", "too late", "info")).resolves.toBeUndefined();
    await expect(log.tell("urn", "later still", "info")).resolves.toBeUndefined();
    expect(engine.messages).toHaveLength(1);
    engine.stop();
  });

  it("forgets the oldest of what passes by when the engine cannot keep up, and nothing that stays", async () => {
    const engine = await EngineLogServer.start();
    let answer = () => {};
    engine.held = new Promise<void>((resolve) => (answer = resolve));
    const log = new EngineLog(engine.address);

    const told = log.tell("urn", "stays", "warning");
    for (let line = 1; line <= 1_000; line++) log.status("urn", `line ${line}`);
    answer();
    await told;
    const messages = (await engine.received(201)).map(({ message }) => message);

    expect(messages).toEqual(["stays", ...Array.from({ length: 200 }, (_, index) => `line ${801 + index}`)]);
    log.close();
    engine.stop();
  });
});
