import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { RouterBench } from "./router-bench";

let bench: RouterBench;

beforeEach(async () => {
  bench = await RouterBench.open();
});

afterEach(() => bench.close());

describe("AppRouter's errors", () => {
  it.each([
    ["H10", "App crashed", () => bench.say({ crashed: 1 })],
    ["H14", "No web processes running", () => bench.setQuantity(0)],
    ["H20", "App boot timeout", () => bench.say({ starting: 1 })],
    ["H80", "Maintenance mode", () => bench.store.collection("apps").update("app-id", { maintenance: true })],
    ["H81", "Blank app", () => bench.store.collection("apps").update("app-id", { currentReleaseId: null })],
  ])("returns 503 %s (%s)", async (code, description, arrange) => {
    arrange();
    expect((await bench.visit()).status).toBe(503);
    expect(await bench.logged(/at=error/)).toMatch(
      new RegExp(
        `^at=error code=${code} desc="${description}" method=GET path="/" host=board.localhost:${bench.port} request_id=\\S+ fwd="127.0.0.1" dyno= connect= service= status=503 bytes= protocol=http$`,
      ),
    );
  });

  it("returns 503 H12 if the first byte takes too long, and ends a silent reply with H15", async () => {
    await bench.addDyno("web.1", (incoming, response) => {
      if (incoming.url === "/silent") response.write("and then nothing");
    });
    expect((await bench.visit("/never")).status).toBe(503);
    expect(await bench.logged(/H12/)).toMatch(/code=H12 desc="Request timeout" .* dyno=web\.1 .* status=503 bytes=0 /);
    await expect(bench.visit("/silent")).rejects.toThrow("aborted");
    expect(await bench.logged(/H15/)).toMatch(/code=H15 desc="Idle connection" .* dyno=web\.1 /);
  });

  it("does not mistake a long upload for a slow app", async () => {
    await bench.addDyno("web.1", (incoming, response) => {
      incoming.resume().on("end", () => response.end("got it"));
    });
    const text = await new Promise<string>((resolve, reject) => {
      const upload = request(`${bench.url}/`, { method: "POST", headers: bench.host }, (response) => {
        response.on("data", (chunk: Buffer) => resolve(chunk.toString()));
      });
      upload.on("error", reject);
      const timer = setInterval(() => upload.write("x"), 300);
      setTimeout(() => {
        clearInterval(timer);
        upload.end();
      }, 1_500);
    });
    expect(text).toBe("got it");
  });

  it("returns 503 H13 if the dyno closes the connection, and H21 if it refuses it", async () => {
    const dyno = await bench.addDyno("web.1", (incoming) => incoming.socket.destroy());
    expect((await bench.visit()).status).toBe(503);
    expect(await bench.logged(/H13/)).toContain('code=H13 desc="Connection closed without response"');
    const address = dyno.server.address();
    await new Promise((resolve) => dyno.server.close(resolve));
    dyno.server.address = () => address;
    expect((await bench.visit()).status).toBe(503);
    expect(await bench.logged(/H21/)).toContain('code=H21 desc="Backend connection refused"');
  });

  it("closes the dyno's connection when the client disconnects (H27)", async () => {
    const gone = new Promise<void>((resolve) => {
      void bench.addDyno("web.1", (incoming) => incoming.on("close", resolve));
    });
    await sleep(50);
    const call = request(`${bench.url}/`, { headers: bench.host });
    call.on("error", () => {});
    call.end();
    await sleep(200);
    call.destroy();
    await gone;
    expect(await bench.logged(/H27/)).toMatch(/code=H27 desc="Client Request Interrupted" .* status=499 /);
  });
});
