import { Emulator } from "../../support/emulator";

describe("origins of public URLs", () => {
  it.each(["https://localhost:5443", "http://127.0.0.1:5075", "https://[::1]:5075"])(
    "are the one that the client came by, %s",
    async (origin) => {
      const heroku = await Emulator.open();
      const ask = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
        const request = new Request(`${origin}${path}`, {
          method,
          headers: { Accept: "application/vnd.heroku+json; version=3", Authorization: "Bearer local-heroku" },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        return (await heroku.instance.fetch(request)).json();
      };
      await ask("POST", "/apps", { name: "sketch" });

      const session = await ask("POST", "/apps/sketch/log-sessions", {});
      const slug = await ask("POST", "/apps/sketch/slugs", { process_types: {} });
      const addon = await ask("POST", "/apps/sketch/addons", { plan: "heroku-redis:mini" });

      const urls = [session.logplex_url, Object(slug.blob).url, addon.web_url].map(String);
      expect(urls.filter((url) => !url.startsWith(`${origin}/`))).toEqual([]);
      // The app's own address stays the one of its router.
      expect((await ask("GET", "/apps/sketch")).web_url).toBe("http://sketch.localhost:5075/");
    },
  );
});
