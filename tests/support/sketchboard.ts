import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const app = join(__dirname, "..", "..", "app");
const execute = promisify(execFile);

async function docker(...args: string[]): Promise<string> {
  const { stdout } = await execute("docker", args, { maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim();
}

/** The app's own image with Postgres and Redis, without Heroku. */
export class Skechwime {
  private constructor(
    private readonly name: string,
    readonly url: string,
  ) {}

  static async start(): Promise<Skechwime> {
    const name = `skechwime-browser-${randomBytes(4).toString("hex")}`;
    const services = await docker("build", "--quiet", join(app, "tests", "services"));
    const web = await docker("build", "--quiet", "--target", "web", app);
    const release = await docker("build", "--quiet", "--target", "release", app);
    const script = readFileSync(join(app, "tests", "services", "start.sh"), "utf8");
    const published = ["--publish", "127.0.0.1::8000"];
    await docker("run", "--detach", "--name", `${name}-services`, ...published, services, "sh", "-c", script);
    const port = (await docker("port", `${name}-services`, "8000/tcp")).split(":").at(-1);
    const skechwime = new Skechwime(name, `http://skechwime.localhost:${port}`);
    try {
      await until("the services are ready", async () => /^ready$/m.test(await docker("logs", `${name}-services`)));
      await skechwime.run("--rm", release);
      await skechwime.run("--detach", "--name", `${name}-web`, web);
      await skechwime.answers();
    } catch (error) {
      await skechwime.remove();
      throw error;
    }
    return skechwime;
  }

  /** Stops the server as Heroku stops a dyno, and starts it again. */
  async restart(): Promise<void> {
    await docker("stop", "--time", "30", `${this.name}-web`);
    await docker("start", `${this.name}-web`);
    await this.answers();
  }

  /** Kills the server, and starts it again. */
  async kill(): Promise<void> {
    await docker("kill", `${this.name}-web`);
    await docker("start", `${this.name}-web`);
    await this.answers();
  }

  /** Leaves the server hanging for that long. */
  async freeze(milliseconds: number): Promise<void> {
    await docker("pause", `${this.name}-web`);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await docker("unpause", `${this.name}-web`);
  }

  async remove(): Promise<void> {
    await docker("rm", "--force", "--volumes", `${this.name}-web`, `${this.name}-services`);
  }

  /** Runs one of the app's images as a dyno does: unknown user, nothing to write to. */
  private run(...args: string[]): Promise<string> {
    const variables = {
      SECRET_KEY: "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABC",
      DATABASE_URL: "postgres://test:test@127.0.0.1:5432/postgres",
      REDIS_URL: "rediss://:test@127.0.0.1:6379",
      ALLOWED_HOSTS: "skechwime.localhost",
      HTTPS_ONLY: "false",
      PORT: "8000",
    };
    const environment = Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
    const limits = ["--init", "--read-only", "--user", "54321:54321", "--memory", "512m"];
    return docker("run", "--network", `container:${this.name}-services`, ...environment, ...limits, ...args);
  }

  private answers(): Promise<void> {
    const health = `${this.url.replace("skechwime.localhost", "127.0.0.1")}/health`;
    return until("the server answers", async () => {
      const answer = await fetch(health).catch(() => undefined);
      return answer?.status === 200;
    });
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it did not come about within a minute that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** What a board's page says of itself. */
export interface BoardState {
  state: string;
  people: number;
  waiting: number;
  strokes: number;
}

/** A board in a browser's window. */
export class BoardPage {
  /** Errors that the page's scripts have thrown. */
  readonly errors: string[] = [];
  private readonly events: string[] = [];

  private constructor(readonly page: Page) {
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (message) => this.events.push(message.text()));
    page.on("requestfailed", (request) => this.events.push(`${request.url()}: ${request.failure()?.errorText}`));
    page.on("websocket", (socket) => {
      this.events.push("socket opens");
      socket.on("close", () => this.events.push("socket closes"));
    });
  }

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<BoardPage> {
    const context = await browser.newContext({ viewport: { width: 700, height: 600 }, ...options });
    const board = new BoardPage(await context.newPage());
    await board.load(() => board.page.goto(url));
    await board.shows({ state: "live" });
    return board;
  }

  async reload(): Promise<void> {
    await this.load(() => this.page.reload());
  }

  /** Draws a line through points of the window. */
  async draw(...points: [number, number][]): Promise<void> {
    const [first = [0, 0], ...others] = points;
    await this.page.mouse.move(...first);
    await this.page.mouse.down();
    for (const point of others) await this.page.mouse.move(...point, { steps: 3 });
    await this.page.mouse.up();
  }

  async state(): Promise<BoardState> {
    const { state, people, waiting, strokes } = await this.page.evaluate(() => ({ ...document.body.dataset }));
    return { state: state ?? "", people: Number(people), waiting: Number(waiting), strokes: Number(strokes) };
  }

  /** Waits until the page says all of this. */
  async shows(expected: Partial<BoardState>): Promise<void> {
    const attributes = Object.entries(expected).map(([name, value]) => `[data-${name}="${value}"]`);
    try {
      await this.page.waitForSelector(`body${attributes.join("")}`, { timeout: 45_000 });
    } catch (error) {
      const shown = JSON.stringify(await this.state());
      const events = [...this.errors, ...this.events].slice(-20).join("\n");
      throw new Error(`the page shows ${shown}, not ${JSON.stringify(expected)}\n${events}`, { cause: error });
    }
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  /** Chromium gives up the page or its scripts when a container elsewhere on the machine comes or goes. */
  private async load(navigate: () => Promise<unknown>): Promise<void> {
    for (let tries = 1; tries <= 5; tries += 1) {
      const failed = await navigate().then(
        () => undefined,
        (error: Error) => error,
      );
      if (failed && !(failed.message.includes("ERR_NETWORK_CHANGED") && tries < 5)) throw failed;
      if (!failed && (await this.state()).state !== "") return;
    }
  }
}
