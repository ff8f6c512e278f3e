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
});
