import { get } from "./http-get";
import { buildWebImage, push, removeImages } from "./test-image";
import { SHORT_LIMITS, TestInstance } from "./test-instance";

/** Apps of a test, whose web process is the small server in Perl. */
export class TestApps {
  private readonly tags: string[] = [];

  private constructor(readonly test: TestInstance) {}

  /** With their own instance and short limits. */
  static async start(): Promise<TestApps> {
    return new TestApps(await TestInstance.start({ dynoLimits: SHORT_LIMITS }));
  }

  /** Builds an image and pushes it as a process type of an app; returns its id. */
  async pushed(app: string, type: string, build: (tag: string) => Promise<string>): Promise<string> {
    const tag = `${this.test.host}/${app}/${type}`;
    this.tags.push(tag);
    const id = await build(tag);
    await push(tag, "local-heroku");
    return id;
  }

  /** Creates an app, pushes an image to it and releases it. */
  async deploy(app: string, environment: Record<string, string> = {}, config: Record<string, string> = {}) {
    await this.test.addApp(app);
    if (Object.keys(config).length > 0) await this.test.call("PATCH", `/apps/${app}/config-vars`, config);
    await this.releaseWeb(app, environment);
  }

  /** Releases an image that `environment` makes different from others. */
  async releaseWeb(app: string, environment: Record<string, string>): Promise<void> {
    await this.test.release(app, { web: await this.pushed(app, "web", (tag) => buildWebImage(tag, environment)) });
  }

  async states(app: string): Promise<Record<string, string>> {
    const dynos = await this.test.call<{ name: string; state: string }[]>("GET", `/apps/${app}/dynos`);
    return Object.fromEntries(dynos.map(({ name, state }) => [name, state]));
  }

  async isUp(app: string, name = "web.1"): Promise<boolean> {
    return (await this.states(app))[name] === "up";
  }

  visit(app: string, path = "/"): Promise<{ status: number; text: string }> {
    return get(`${this.test.url}${path}`, { Host: `${app}.localhost:${this.test.port}` });
  }

  /** The containers of an app by its id; the app may be removed. */
  containersOf(appId: string) {
    // Instances count their ids alike, so an app of another one may have the same.
    const filters = JSON.stringify({ label: [`local-heroku.app=${appId}`, `local-heroku.instance=${this.test.id}`] });
    return this.test.docker.listContainers({ all: true, filters });
  }

  async containerIds(app: string): Promise<string[]> {
    return (await this.containersOf(await this.idOf(app))).map(({ Id }) => Id);
  }

  async idOf(app: string): Promise<string> {
    return (await this.test.call<{ id: string }>("GET", `/apps/${app}`)).id;
  }

  /** Stops the instance and removes the images; returns what is left, which should be nothing. */
  async destroy(): Promise<string[]> {
    await this.test.destroy();
    await removeImages(...this.tags);
    return this.test.leftovers();
  }
}
