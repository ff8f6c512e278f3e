import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { visitor } from "../../../provider/http/visitor";

describe("the visitor of apps", () => {
  let server: Server;
  let listener: RequestListener;
  const never = new AbortController().signal;

  beforeEach(async () => {
    server = createServer((request, response) => listener(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const url = (path: string) => `http://app.localhost:${(server.address() as AddressInfo).port}${path}`;

  it("tells status and body, under the app's own name and with the headers given", async () => {
    listener = ({ headers }, response) => response.writeHead(503).end(`${headers.host?.split(":")[0]} ${headers.via}`);
    expect(await visitor.get(url("/health"), never, { via: "router" })).toEqual({
      status: 503,
      reason: "Service Unavailable",
      body: "app.localhost router",
    });
  });

  it("follows no redirect", async () => {
    listener = (_request, response) => response.writeHead(301, { location: "https://elsewhere/" }).end();
    expect(await visitor.get(url("/health"), never)).toEqual({
      status: 301,
      reason: "Moved Permanently",
      body: "",
      location: "https://elsewhere/",
    });
  });

  it("reads the beginning of an answer without end", async () => {
    listener = (_request, response) => {
      const more = () => {
        while (response.write("x".repeat(10_000)));
      };
      response.on("drain", more);
      more();
    };
    expect((await visitor.get(url("/health"), never)).body).toHaveLength(65_536);
  });

  it("gives up when told to, and when the connection is cut", async () => {
    listener = () => {};
    await expect(visitor.get(url("/health"), AbortSignal.timeout(50))).rejects.toThrow();
    listener = (request) => request.socket.destroy();
    await expect(visitor.get(url("/health"), never)).rejects.toThrow("socket hang up");
  });

  it("hears the echo of a WebSocket among other messages, and why there is none", async () => {
    const sockets = new WebSocketServer({ server });
    sockets.on("connection", (socket, { url: path }) => {
      if (path === "/closes") return socket.close(4_404);
      socket.on("message", (data) => {
        socket.send("somebody drew");
        socket.send(`pong ${data}`);
      });
    });
    expect(await visitor.echo(url("/ws"), "ping 7", "7", never)).toBe("pong ping 7");
    await expect(visitor.echo(url("/closes"), "ping 7", "7", never)).rejects.toThrow("closed with code 4404");
    sockets.close();
  });
});
