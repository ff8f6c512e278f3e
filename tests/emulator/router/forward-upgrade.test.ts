import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket, WebSocketServer } from "ws";
import { RouterBench } from "./router-bench";

let bench: RouterBench;

beforeEach(async () => {
  bench = await RouterBench.open();
});

afterEach(() => bench.close());

describe("AppRouter with WebSockets", () => {
  const open = (headers: Record<string, string> = {}) =>
    new WebSocket(`ws://127.0.0.1:${bench.port}/ws`, { headers: { ...bench.host, ...headers } });
  const sockets = new WebSocketServer({ noServer: true });

  beforeEach(async () => {
    await bench.addDyno(
      "web.1",
      (_, response) => response.writeHead(404).end(),
      (incoming, socket, head) => {
        if (incoming.url === "/refused") {
          socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
          return;
        }
        sockets.handleUpgrade(incoming, socket, head, (server) => {
          server.send(JSON.stringify(incoming.headers));
          server.on("message", (data) => server.send(`echo ${data}`));
        });
      },
    );
  });

  const next = (socket: WebSocket) =>
    new Promise<string>((resolve) => socket.once("message", (data) => resolve(String(data))));

  it("passes messages both ways and logs the closed connection with status 101", async () => {
    const socket = open();
    expect(JSON.parse(await next(socket))).toMatchObject({ "x-forwarded-proto": "http", upgrade: "websocket" });
    socket.send("hello");
    expect(await next(socket)).toBe("echo hello");
    socket.close();
    expect(await bench.logged(/status=101/)).toMatch(
      /^at=info method=GET path="\/ws" .* dyno=web\.1 .* status=101 bytes=\d+ /,
    );
  });

  it("uses another dyno while one refuses connections", async () => {
    const gone = await bench.addDyno("web.2", () => {});
    gone.server.close();
    for (let count = 0; count < 2; count++) {
      const socket = open();
      await next(socket);
      socket.close();
    }
  });

  it("ends a connection on which both sides are silent (H15)", async () => {
    const socket = open();
    await next(socket);
    await new Promise((resolve) => socket.on("close", resolve));
    expect(await bench.logged(/H15/)).toContain('code=H15 desc="Idle connection"');
  });

  it("keeps a connection that is pinged", async () => {
    const socket = open();
    await next(socket);
    for (let count = 0; count < 5; count++) {
      await sleep(300);
      socket.ping();
    }
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });

  it("forwards the dyno's refusal", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${bench.port}/refused`, { headers: bench.host });
    const status = await new Promise((resolve) =>
      socket.on("unexpected-response", (_, reply) => resolve(reply.statusCode)),
    );
    expect(status).toBe(403);
  });

  it("returns 503 if no dyno is up", async () => {
    bench.setQuantity(0);
    bench.store.collection("apps").update("app-id", { maintenance: true });
    const socket = open();
    socket.on("error", () => {});
    const status = await new Promise((resolve) =>
      socket.on("unexpected-response", (_, reply) => resolve(reply.statusCode)),
    );
    expect(status).toBe(503);
    expect(await bench.logged(/H80/)).toContain("status=503");
  });

  it("closes the dyno's connection when the client disconnects during the handshake", async () => {
    const raw = connect(bench.port, "127.0.0.1");
    raw.write(`GET /ws HTTP/1.1\r\nHost: ${bench.host.Host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`);
    raw.destroy();
    await sleep(50);
    const socket = open();
    expect(await next(socket)).toContain("websocket");
    socket.terminate();
  });
});
