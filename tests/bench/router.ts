import { connect, type Socket } from "node:net";
import Docker from "dockerode";
import { buildImage, push, removeImages } from "../emulator/docker/test-image";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { expectSoon } from "../support/soon";
import { load } from "./load";
import { residentMegabytes } from "./local-heroku";

/** The first sockets fill what the process has of free memory. */
const WARM_UP = 1_000;
const SOCKETS = 3_000;

/** A dyno that answers each request at once, and holds whom it let upgrade. */
const SERVER = [
  "use IO::Socket::INET; my @held;",
  "my $s = IO::Socket::INET->new(Listen => 1000, LocalPort => $ENV{PORT}, ReuseAddr => 1);",
  'while (1) { my $c = $s->accept or next; my $h = ""; while (<$c>) { last if /^\\r?\\n$/; $h .= $_ }',
  'if ($h =~ /^Upgrade:/im) { syswrite $c, "HTTP/1.1 101 Up\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\n\\r\\n"; push @held, $c }',
  'else { syswrite $c, "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok"; close $c } }',
].join(" ");

/** What the router adds to an app. */
export interface RouterFigures {
  /** Median milliseconds of a request straight to the dyno, and through the router. */
  direct: number;
  routed: number;
  /** Memory that Local Heroku takes for one open WebSocket, in kB. */
  webSocket: number;
}

export async function measureRouter(): Promise<RouterFigures> {
  const heroku = await LocalHerokuProcess.start();
  const tag = `localhost:${heroku.port}/bench/web`;
  try {
    await heroku.api("POST", "/apps", { name: "bench", stack: "container" });
    const image = await buildImage(tag, `CMD ["perl", "-e", ${JSON.stringify(SERVER)}]`);
    await push(tag, "local-heroku");
    await release(heroku, image);
    const routedTo = { port: heroku.port, path: "/", headers: { host: `bench.localhost:${heroku.port}` } };
    await expectSoon(() => fetchesWell(routedTo));
    const direct = await load({ ...(await endpoint(heroku)), path: "/" }, 1);
    const routed = await load(routedTo, 1);
    return { direct: direct.median, routed: routed.median, webSocket: await memoryOfWebSocket(heroku) };
  } finally {
    await heroku.destroy();
    await removeImages(tag);
  }
}

async function release(heroku: LocalHerokuProcess, image: string): Promise<void> {
  const response = await fetch(`${heroku.url}/apps/bench/formation`, {
    method: "PATCH",
    headers: {
      accept: "application/vnd.heroku+json; version=3.docker-releases",
      authorization: "Bearer local-heroku",
    },
    body: JSON.stringify({ updates: [{ type: "web", docker_image: image }] }),
  });
  if (!response.ok) throw new Error(`PATCH /apps/bench/formation: ${response.status} ${await response.text()}`);
}

const fetchesWell = (target: Parameters<typeof load>[0]) =>
  load(target, 1).then(
    () => true,
    () => false,
  );

/** Where the dyno listens: at its published port, or else in its own network. */
async function endpoint(heroku: LocalHerokuProcess): Promise<{ host: string; port: number }> {
  const [name = ""] = (await heroku.containers()).filter((each) => each.includes("web.1"));
  const { Config, NetworkSettings } = await new Docker().getContainer(name.replace("/", "")).inspect();
  const port = Config.Env.find((variable) => variable.startsWith("PORT="))?.slice("PORT=".length) ?? "";
  const published = NetworkSettings.Ports[`${port}/tcp`]?.[0]?.HostPort;
  const [network] = Object.values(NetworkSettings.Networks);
  return published
    ? { host: "127.0.0.1", port: Number(published) }
    : { host: network?.IPAddress ?? "", port: Number(port) };
}

async function memoryOfWebSocket(heroku: LocalHerokuProcess): Promise<number> {
  const sockets: Socket[] = [];
  const openTo = async (count: number) => {
    while (sockets.length < count) sockets.push(await upgraded(heroku.port));
    return residentMegabytes(heroku.pid);
  };
  const before = await openTo(WARM_UP);
  const after = await openTo(WARM_UP + SOCKETS);
  for (const socket of sockets) socket.destroy();
  return ((after - before) * 1_024) / SOCKETS;
}

function upgraded(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.write(
    `GET / HTTP/1.1\r\nHost: bench.localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  );
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("data", (head) => {
      if (String(head).startsWith("HTTP/1.1 101")) resolve(socket);
      else reject(new Error(`the WebSocket was refused: ${head}`));
    });
  });
}
