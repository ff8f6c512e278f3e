import { Emulator } from "../../support/emulator";

const BROWSER = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

describe("the page's routes", () => {
  let heroku: Emulator;

  beforeEach(async () => {
    heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch", stack: "container" });
  });

  /** A request as a browser sends it, without an API key. */
  const ask = (url: string, headers: Record<string, string> = {}) =>
    heroku.instance.fetch(new Request(url, { headers: { ...BROWSER, ...headers } }));

  it.each(["localhost", "127.0.0.1", "[::1]"])("GET / serves the page at %s", async (host) => {
    const response = await ask(`http://${host}:5075/`);

    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("Content-Security-Policy")).toContain("default-src 'none'; script-src 'self';");
    expect(await response.text()).toContain("<title>Local Heroku</title>");
  });

  it("GET / belongs to the API under other names of this machine, and for clients of the API", async () => {
    expect((await ask("http://rebound.example:5075/")).status).toBe(401);
    jest.spyOn(console, "warn").mockImplementationOnce(() => {});
    expect((await heroku.get("/")).status).toBe(501);
  });

  it("GET /_local/page/:file serves only the page's files", async () => {
    expect((await ask("http://localhost:5075/_local/page/page.mjs")).headers.get("Content-Type")).toContain(
      "javascript",
    );
    for (const file of ["index.html", "..%2finstance.ts", "%2e%2e%2finstance.ts", "none"]) {
      expect((await ask(`http://localhost:5075/_local/page/${file}`)).status).toBe(404);
    }
  });

  it.each(["/_local/apps", "/_local/apps/sketch", "/_local/apps/sketch/log", "/_local/events", "/_local/requests"])(
    "GET %s is refused to other sites",
    async (path) => {
      const refused: [string, Record<string, string>][] = [
        ["http://localhost:5075", { Origin: "https://evil.example" }],
        ["http://localhost:5075", { Origin: "http://sketch.localhost:5075" }],
        ["http://localhost:5075", { "Sec-Fetch-Site": "cross-site" }],
        ["http://localhost:5075", { "Sec-Fetch-Site": "same-site" }],
        ["http://rebound.example:5075", { Origin: "http://rebound.example:5075", "Sec-Fetch-Site": "same-origin" }],
      ];
      for (const [origin, headers] of refused) expect((await ask(origin + path, headers)).status).toBe(403);
      const own = await ask(`http://localhost:5075${path}`, { "Sec-Fetch-Site": "same-origin" });
      expect(own.status).toBe(200);
      await own.body?.cancel();
    },
  );

  it("GET /_local/apps/:app shows no config vars", async () => {
    await heroku.post("/apps/sketch/addons", { plan: "heroku-postgresql" });
    await heroku.idle();
    await heroku.patch("/apps/sketch/config-vars", { TOKEN: "hidden" });

    const text = await (await ask("http://localhost:5075/_local/apps/sketch")).text();

    expect(JSON.parse(text).addons).toMatchObject([
      {
        plan: "heroku-postgresql:essential-0",
        attachedAs: ["DATABASE"],
        figures: [{ name: "Connections", value: "3/20" }],
      },
    ]);
    expect(text).not.toMatch(/hidden|postgres:\/\//);
  });

  it("GET /_local/apps/:app lists dynos by name and number, whatever the order of their start", async () => {
    const appId = String((await heroku.get("/apps/sketch")).body.id);
    const dyno = await heroku.machines.machines.dynos.runOneOff(appId, { command: "ls" });
    const names = ["web.10", "worker.1", "web.2"];
    heroku.machines.dynoRows.splice(0, 1, ...names.map((name) => ({ ...dyno, name })));

    const shown = await (await ask("http://localhost:5075/_local/apps/sketch")).json();

    expect(shown.dynos.map(({ name }: { name: string }) => name)).toEqual(["web.2", "web.10", "worker.1"]);
  });

  it("GET /_local/apps/:app/log sends the newest lines and new ones", async () => {
    const app = String((await heroku.get("/apps/sketch")).body.id);
    const reader = (await ask("http://localhost:5075/_local/apps/sketch/log")).body?.getReader();
    const decoder = new TextDecoder();
    let text = "";
    const read = async () => {
      text += decoder.decode((await reader?.read())?.value);
    };
    await read();
    heroku.machines.machines.logs.append(app, { source: "app", dyno: "web.1", message: "two\nlines" });
    while (!text.includes("web.1")) await read();
    await reader?.cancel();

    expect(text).toMatch(/^event: line\ndata: \{.*Initial release by user/);
    expect(text).toMatch(/event: line\ndata: \{.*"message":"two\\nlines".*\}\n\n$/);
  });

  it("GET /_local/apps/:app/log sends more than a megabyte of earlier lines, then new ones", async () => {
    const app = String((await heroku.get("/apps/sketch")).body.id);
    const append = (message: string) =>
      heroku.machines.machines.logs.append(app, { source: "app", dyno: "web.1", message });
    for (let count = 0; count < 199; count++) append("x".repeat(5_150));
    append("y".repeat(9_990));

    const reader = (await ask("http://localhost:5075/_local/apps/sketch/log")).body?.getReader();
    append("the last line");

    const decoder = new TextDecoder();
    let text = "";
    while (!text.includes("the last line")) text += decoder.decode((await reader?.read())?.value);
    await reader?.cancel();
    expect(text).toContain("yyyy");
  });

  it("GET /_local/apps/:app/log ends if the reader does not read", async () => {
    const app = String((await heroku.get("/apps/sketch")).body.id);
    const { body } = await ask("http://localhost:5075/_local/apps/sketch/log");
    for (let count = 0; count < 300; count++) {
      heroku.machines.machines.logs.append(app, { source: "app", dyno: "web.1", message: "x".repeat(9_990) });
    }

    let bytes = 0;
    for await (const chunk of body ?? []) bytes += chunk.length;
    expect(bytes).toBeLessThan(2 * 1024 * 1024);
  });

  it("does not log its own requests", async () => {
    await ask("http://localhost:5075/");
    await ask("http://localhost:5075/_local/apps");

    expect(heroku.platform.requests.all().map(({ path }) => path)).toEqual(["/apps"]);
  });
});
