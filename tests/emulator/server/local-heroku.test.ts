import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MachineContext, MachineSide } from "../../../emulator/contract";
import { freePort } from "../../../emulator/docker/free-port";
import { createLocalHeroku, type LocalHeroku } from "../../../emulator/server/local-heroku";
import { MachinesInMemory } from "../../support/machines-in-memory";

/** The machine side, with replies that name the part which served them. */
function createAnswering(context: MachineContext): MachineSide {
  const answer = (text: string) => ({
    request: (_request: IncomingMessage, response: ServerResponse) => void response.end(text),
  });
  return Object.assign(new MachinesInMemory(context), { router: answer("router"), registry: answer("registry") });
}

describe("createLocalHeroku", () => {
  let data: string;
  let port: number;
  let context: MachineContext;
  const running: LocalHeroku[] = [];
  const open = async (options: { data?: string; seed?: string; httpsPort?: number } = {}) => {
    const opened = await createLocalHeroku({ port, data, seed: undefined, delays: {}, ...options }, async (given) => {
      context = given;
      return createAnswering(given);
    });
    running.push(opened);
    return opened;
  };
  const ask = async (path: string, host = `localhost:${port}`, address = "127.0.0.1", method = "GET") => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        Host: host,
        Authorization: "Bearer local-heroku",
        Accept: "application/vnd.heroku+json; version=3",
      };
      request({ host: address, port, path, method, headers }, resolve).once("error", reject).end();
    });
    let text = "";
    for await (const chunk of response) text += chunk;
    return text;
  };

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), "local-heroku-"));
    port = await freePort();
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.close();
    rmSync(data, { recursive: true });
  });

  it("serves APIs, registry and apps on one port", async () => {
    const { url } = await open();
    const { id } = JSON.parse(await ask("/apps", undefined, undefined, "POST"));
    for (const hostname of ["www.example.com", "*.example.org"]) {
      context.store.collection("domains").put({
        id: hostname,
        createdAt: "",
        updatedAt: "",
        appId: id,
        hostname,
        cname: null,
        kind: "custom",
        sniEndpointId: null,
      });
    }

    expect(url).toBe(`http://localhost:${port}`);
    expect(JSON.parse(await ask("/account"))).toMatchObject({ email: "dev@localhost" });
    expect(await ask("/v2/")).toBe("registry");
    expect(await ask("/v2/", `sketch.localhost:${port}`)).toBe("router");
    expect(await ask("/", "www.example.com")).toBe("router");
    expect(await ask("/", "any.example.org")).toBe("router");
    expect(JSON.parse(await ask("/account", "example.org"))).toMatchObject({ email: "dev@localhost" });
  });

  it("logs requests to the registry and injects faults into them", async () => {
    await open();
    const set = async (fault: Record<string, unknown>) => {
      const body = JSON.stringify({ path: "^/v2/", ...fault });
      const headers = { "Content-Type": "application/json" };
      await fetch(`http://localhost:${port}/_local/faults`, { method: "POST", headers, body });
    };

    expect(await ask("/v2/sketch/web/manifests/latest?n=1")).toBe("registry");
    await set({ status: 503, errorId: "unavailable" });
    expect(JSON.parse(await ask("/v2/"))).toMatchObject({ errors: [{ code: "UNAVAILABLE" }] });
    await set({ cut: "before" });
    await expect(ask("/v2/")).rejects.toThrow("socket hang up");

    const logged = JSON.parse(await ask("/_local/requests"));
    expect(logged.map(({ path, status }: Record<string, unknown>) => `${path} ${status}`)).toEqual([
      "/v2/sketch/web/manifests/latest 200",
      "/v2/ 503",
      "/v2/ 0",
    ]);
  });

  it("keeps its state, its clock and its instance over a restart", async () => {
    const first = await open();
    context.store.collection("settings").put({ id: "mine", value: 7 });
    context.clock.advance(3_600_000);
    const { instanceId } = context;
    await first.close();
    running.length = 0;

    await open();

    expect(context.store.collection("settings").get("mine")?.value).toBe(7);
    expect(context.clock.now() - Date.now()).toBeGreaterThan(3_590_000);
    expect(context.instanceId).toBe(instanceId);
    expect(instanceId).toBe(createHash("sha256").update(realpathSync(data)).digest("hex").slice(0, 8));
  });

  it("names the option of a port that is taken", async () => {
    await expect(open({ httpsPort: port })).rejects.toThrow(
      `port ${port} is taken; end the program that listens there, or choose another with --https-port`,
    );
  });

  it("says what to do if the port is taken", async () => {
    await open();

    await expect(open({ data: mkdtempSync(join(data, "other-")) })).rejects.toThrow(
      `port ${port} is taken; end the program that listens there, or choose another with --port`,
    );
  });

  it("keeps other users out of the data folder", async () => {
    chmodSync(data, 0o755);
    await open({ httpsPort: await freePort() });

    const files = readdirSync(data, { recursive: true, encoding: "utf8", withFileTypes: true });
    const readable = files.filter((file) => file.isFile() && statSync(join(file.parentPath, file.name)).mode & 0o077);
    expect([statSync(data).mode & 0o777, files.length > 4]).toEqual([0o700, true]);
    expect(readable.map(({ name }) => name)).toEqual([]);
  });

  it("takes over a data folder that is no longer used", async () => {
    for (const holder of ["4194305 1", `${process.ppid} ${await freePort()}`, "", "x"]) {
      writeFileSync(join(data, "lock"), holder);
      const opened = await open();
      await opened.close();
      running.length = 0;
    }
  });

  it("refuses a data folder that another process uses", async () => {
    const first = await open({ data: mkdtempSync(join(data, "other-")) });
    writeFileSync(join(data, "lock"), `${process.ppid} ${new URL(first.url).port}`);

    await expect(open()).rejects.toThrow(
      `the data folder ${realpathSync(data)} is in use by process ${process.ppid}; end that Local Heroku, or choose another folder with --data`,
    );
  });

  it.each([
    ["{", /^the seed file .*seed\.json cannot be read: /],
    ['{"accounts": [{"email": 7}]}', /^the seed file .*seed\.json is invalid at accounts\.0\.email: /],
  ])("reports what is wrong with the seed %s", async (text, message) => {
    const seed = join(data, "seed.json");
    writeFileSync(seed, text);

    await expect(open({ seed })).rejects.toThrow(message);
  });
});
