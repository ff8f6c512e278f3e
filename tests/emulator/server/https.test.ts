import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from "node:http";
import { request as requestSecurely } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket, WebSocketServer } from "ws";
import type { MachineContext } from "../../../emulator/contract";
import { freePort } from "../../../emulator/docker/free-port";
import { AppRouter } from "../../../emulator/router/app-router";
import { createLocalHeroku, type LocalHeroku } from "../../../emulator/server/local-heroku";
import { MachinesInMemory } from "../../support/machines-in-memory";

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

describe("Local Heroku over HTTPS", () => {
  let data: string;
  let port: number;
  let heroku: LocalHeroku;
  let dyno: Server;
  let endpoint: { host: string; port: number };
  const sockets = new WebSocketServer({ noServer: true });

  /** A dyno that sends visitors to HTTPS as Django does, and says what it was sent. */
  const serve = async () => {
    dyno = createServer(({ headers, url }, response) => {
      if (headers["x-forwarded-proto"] !== "https") {
        response.writeHead(301, { Location: `https://${headers.host}${url}` }).end();
        return;
      }
      response.writeHead(200, { "Set-Cookie": "session=1; Secure" }).end(JSON.stringify(headers));
    });
    dyno.on("upgrade", (incoming, socket, head) => {
      sockets.handleUpgrade(incoming, socket, head, (server) => {
        server.send(JSON.stringify(incoming.headers));
      });
    });
    await new Promise<void>((resolve) => dyno.listen(0, "127.0.0.1", resolve));
    return { host: "127.0.0.1", port: (dyno.address() as AddressInfo).port };
  };

  const open = async () => {
    const dynos = {
      web: () => ({ serving: [{ name: "web.1", endpoint }], starting: 0, crashed: 0 }),
      watch: () => () => {},
    };
    return createLocalHeroku({ port, data, seed: undefined, delays: {} }, async (context: MachineContext) => {
      const machines = new MachinesInMemory(context);
      return Object.assign(machines, { router: new AppRouter(context, dynos, machines.machines.logs) });
    });
  };

  /** Trusts the instance's certificate and nothing else. */
  const visit = (url: string, options: { method?: string; body?: unknown } = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const { hostname, pathname } = new URL(url);
      const { method = "GET", body } = options;
      const headers = {
        Host: new URL(url).host,
        Authorization: "Bearer local-heroku",
        Accept: "application/vnd.heroku+json; version=3",
      };
      const where = { host: "127.0.0.1", port, servername: hostname, path: pathname, method, headers, agent: false };
      const receive = async (reply: IncomingMessage) => {
        let text = "";
        for await (const chunk of reply) text += chunk;
        resolve({ status: reply.statusCode, headers: reply.headers, text });
      };
      const sent = url.startsWith("https")
        ? requestSecurely({ ...where, ca: readFileSync(heroku.certificateFile) }, receive)
        : request(where, receive);
      sent.once("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
    });

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), "local-heroku-"));
    port = await freePort();
    endpoint = await serve();
    heroku = await open();
    await visit(`http://localhost:${port}/apps`, { method: "POST", body: { name: "sketch" } });
  });
  afterEach(async () => {
    await heroku.close();
    dyno.closeAllConnections();
    dyno.close();
    rmSync(data, { recursive: true });
  });

  it("serves the APIs by both protocols on one port", async () => {
    for (const protocol of ["http", "https"]) {
      const { status, text } = await visit(`${protocol}://localhost:${port}/apps/sketch/log-sessions`, {
        method: "POST",
        body: {},
      });

      expect(status).toBe(201);
      expect(JSON.parse(text).logplex_url).toMatch(new RegExp(`^${protocol}://localhost:${port}/`));
    }
  });

  it("takes an app's redirect to HTTPS to the app", async () => {
    const first = await visit(`http://sketch.localhost:${port}/path`);
    expect([first.status, first.headers.location]).toEqual([301, `https://sketch.localhost:${port}/path`]);

    const second = await visit(String(first.headers.location));

    expect(second.headers["set-cookie"]).toEqual(["session=1; Secure"]);
    expect(JSON.parse(second.text)).toMatchObject({
      host: `sketch.localhost:${port}`,
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "https",
      "x-forwarded-port": String(port),
    });
  });

  it("has a certificate for each custom domain, also for those that a wildcard covers", async () => {
    for (const hostname of ["www.example.com", "*.example.org"]) {
      const body = { hostname, sni_endpoint: null };
      await visit(`http://localhost:${port}/apps/sketch/domains`, { method: "POST", body });
    }

    for (const host of ["www.example.com", "shop.example.org"]) {
      expect((await visit(`https://${host}/`)).status).toBe(200);
    }
    await expect(visit("https://example.org/")).rejects.toThrow(/does not match certificate/);
  });

  it("tunnels WebSockets over TLS", async () => {
    const socket = new WebSocket(`wss://sketch.localhost:${port}/ws`, {
      ca: readFileSync(heroku.certificateFile),
      lookup: (_name, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]),
    });
    const seen = await new Promise<string>((resolve, reject) => {
      socket.once("message", (message) => resolve(String(message)));
      socket.once("error", reject);
    });
    socket.close();

    expect(JSON.parse(seen)).toMatchObject({ "x-forwarded-proto": "https", upgrade: "websocket" });
  });

  it("keeps its certificate over a restart, and its key to its user", async () => {
    const { certificateFile } = heroku;
    const certificate = readFileSync(certificateFile, "utf8");

    await heroku.close();
    heroku = await open();

    expect(readFileSync(heroku.certificateFile, "utf8")).toBe(certificate);
    expect(heroku.certificateFile).toBe(certificateFile);
    expect(new X509Certificate(certificate).subjectAltName).toContain("DNS:*.localhost");
    expect(statSync(join(data, "certificate-key.pem")).mode & 0o077).toBe(0);
  });

  it("waits for a request that comes byte by byte", async () => {
    const socket = connect(port, "127.0.0.1");
    const reply = new Promise<string>((resolve) => socket.once("data", (chunk) => resolve(String(chunk))));
    for (const byte of `GET /_local/health HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`) {
      socket.write(byte);
      await sleep(1);
    }

    expect(await reply).toMatch(/^HTTP\/1\.1 200 OK/);
    socket.destroy();
  });

  it("closes although clients hold connections, some of which said nothing", async () => {
    const silent = connect(port, "127.0.0.1");
    const ended = new Promise((resolve) => silent.once("close", resolve));
    await new Promise((resolve) => silent.once("connect", resolve));
    connect(port, "127.0.0.1")
      .on("error", () => {})
      .resetAndDestroy();

    await heroku.close();
    await ended;
    heroku = await open();
    expect((await visit(`https://localhost:${port}/_local/health`)).status).toBe(200);
  });
});
