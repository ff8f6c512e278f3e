import { setTimeout as sleep } from "node:timers/promises";
import { SerialQueue, SerialQueues } from "../../emulator/serial-queue";

describe("SerialQueue", () => {
  it("runs work in the order it was given, also after a failure", async () => {
    const queue = new SerialQueue();
    const steps: string[] = [];
    const first = queue.run(async () => {
      await sleep(20);
      steps.push("first");
      throw new Error("failed");
    });
    const second = queue.run(async () => steps.push("second"));

    await expect(first).rejects.toThrow("failed");
    await second;
    expect(steps).toEqual(["first", "second"]);
  });
});

describe("SerialQueues", () => {
  it("runs work of one key in order, and of different keys at the same time", async () => {
    const queues = new SerialQueues();
    const steps: string[] = [];
    const work = (step: string, milliseconds: number) => async () => {
      await sleep(milliseconds);
      steps.push(step);
    };
    void queues.run("a", work("a1", 40));
    void queues.run("a", work("a2", 0));
    void queues.run("b", work("b1", 0));

    await queues.idle();
    expect(steps).toEqual(["b1", "a1", "a2"]);
  });

  it("is idle after work that failed", async () => {
    const queues = new SerialQueues();
    queues.run("a", () => Promise.reject(new Error("failed"))).catch(() => {});

    await expect(queues.idle()).resolves.toBeUndefined();
  });
});
