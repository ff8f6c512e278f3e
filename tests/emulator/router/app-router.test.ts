import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { RouterBench } from "./router-bench";

let bench: RouterBench;

beforeEach(async () => {
  bench = await RouterBench.open();
});

afterEach(() => bench.close());

describe("AppRouter", () => {
  it("sends a request to the app's dyno with Heroku's headers, and logs it as Heroku does", async () => {
    await bench.addDyno("web.1", (incoming, response) => response.end(JSON.stringify(incoming.headers)));
    const reply = await bench.visit("/path?query=1", { "X-Forwarded-For": "10.9.8.7" });
    expect(reply.status).toBe(200);
    expect(reply.headers.via).toBe("1.1 heroku-router");
    const seen = JSON.parse(reply.text);
    expect(seen).toMatchObject({
      host: `board.localhost:${bench.port}`,
      "x-forwarded-for": "10.9.8.7, 127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-port": String(bench.port),
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-request-start": expect.stringMatching(/^\d{13}$/),
      via: "1.1 heroku-router",
    });
    const line = await bench.logged(/at=info/);
    expect(line).toMatch(
      new RegExp(
        `^at=info method=GET path="/path\\?query=1" host=board.localhost:${bench.port} request_id=${seen["x-request-id"]} fwd="10.9.8.7, 127.0.0.1" dyno=web.1 connect=\\d+ms service=\\d+ms status=200 bytes=${reply.text.length} protocol=http$`,
      ),
    );
  });

  it("keeps a client's valid request id, and replaces any other", async () => {
    await bench.addDyno("web.1", (incoming, response) => response.end(String(incoming.headers["x-request-id"])));
    const id = "client-chosen-id-0123456789";
    expect((await bench.visit("/", { "X-Request-Id": id })).text).toBe(id);
    expect((await bench.visit("/", { "X-Request-Id": "short" })).text).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("takes turns between dynos", async () => {
    await bench.addDyno("web.1", (_, response) => response.end("one"));
    await bench.addDyno("web.2", (_, response) => response.end("two"));
    const seen = [await bench.visit(), await bench.visit(), await bench.visit(), await bench.visit()].map(
      ({ text }) => text,
    );
    expect(seen).toEqual(["one", "two", "one", "two"]);
  });

  it("routes custom domains and wildcards, and no other host", async () => {
    await bench.addDyno("web.1", (_, response) => response.end("here"));
    const now = new Date().toISOString();
    const common = {
      appId: "app-id",
      cname: null,
      kind: "custom" as const,
      sniEndpointId: null,
      createdAt: now,
      updatedAt: now,
    };
    bench.store.collection("domains").put({ ...common, id: "1", hostname: "www.example.com" });
    bench.store.collection("domains").put({ ...common, id: "2", hostname: "*.example.org" });
    expect((await bench.visit("/", { Host: "www.example.com" })).text).toBe("here");
    expect((await bench.visit("/", { Host: "any.example.org:80" })).text).toBe("here");
    expect((await bench.visit("/", { Host: "example.net" })).status).toBe(404);
    expect((await bench.visit("/", { Host: "nobody.localhost" })).status).toBe(404);
  });

  it("streams requests and replies", async () => {
    await bench.addDyno("web.1", (incoming, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      incoming.on("data", (chunk: Buffer) => response.write(chunk));
      incoming.on("end", () => response.end());
    });
    const chunks: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const upload = request(`${bench.url}/`, { method: "POST", headers: bench.host }, (response) => {
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk.toString());
          if (chunks.length === 1) upload.end("second");
        });
        response.on("end", resolve);
      });
      upload.on("error", reject);
      upload.write("first");
    });
    expect(chunks).toEqual(["first", "second"]);
  });

  describe("while a dyno refuses connections", () => {
    beforeEach(async () => {
      const gone = await bench.addDyno("web.1", () => {});
      gone.server.close();
    });

    const upload = () =>
      new Promise<string>((resolve, reject) => {
        const post = request(`${bench.url}/`, { method: "POST", headers: bench.host }, (response) => {
          response.on("data", (chunk: Buffer) => resolve(`${response.statusCode} ${chunk}`));
        });
        post.on("error", reject);
        post.end("a body");
      });

    it("sends the request to another one, with its body", async () => {
      await bench.addDyno("web.2", (incoming, response) => incoming.pipe(response));
      expect([await upload(), await upload()]).toEqual(["200 a body", "200 a body"]);
      expect(bench.lines.filter((line) => line.includes("H21"))).toEqual([]);
    });

    it("returns 503 H21 if there is no other", async () => {
      expect((await bench.visit()).status).toBe(503);
      expect(await bench.logged(/H21/)).toContain('desc="Backend connection refused"');
    });
  });

  it("waits for a starting dyno", async () => {
    bench.say({ starting: 1 });
    const waiting = bench.visit();
    await sleep(100);
    await bench.addDyno("web.1", (_, response) => response.end("up"));
    expect((await waiting).text).toBe("up");
  });

  it("reuses a connection to a dyno", async () => {
    const ports = new Set<number | undefined>();
    await bench.addDyno("web.1", (incoming, response) => {
      ports.add(incoming.socket.remotePort);
      response.end();
    });
    await bench.visit();
    await bench.visit();
    expect(ports.size).toBe(1);
  });

  describe("on a connection that the dyno closes at its second use", () => {
    beforeEach(async () => {
      const seen = new WeakSet<object>();
      await bench.addDyno("web.1", (incoming, response) => {
        if (seen.has(incoming.socket)) incoming.socket.destroy();
        else response.end("fine");
        seen.add(incoming.socket);
      });
      await bench.visit();
    });

    it("sends a request without a body again", async () => {
      expect((await bench.visit()).text).toBe("fine");
    });

    it("sends no body twice", async () => {
      const status = await new Promise((resolve) => {
        const headers = { ...bench.host, "Content-Length": 1 };
        request(`${bench.url}/`, { method: "POST", headers }, (response) => resolve(response.statusCode)).end("x");
      });
      expect(status).toBe(503);
      expect(await bench.logged(/H13/)).toContain("method=POST");
    });
  });
});
