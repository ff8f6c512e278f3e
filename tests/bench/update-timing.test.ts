import { criticalPath, durations } from "./update-timing";

const urn = (type: string, name: string) => `urn:pulumi:local::skechwime::${type}::${name}`;

describe("durations", () => {
  it("takes the first and last line of each resource", () => {
    const lines = [
      { at: 100, text: " +  heroku:addon:Addon database creating (0s) " },
      { at: 200, text: " +  docker:index:Image image-web creating (0s) Pushing" },
      { at: 50, text: " +  skechwime:components:Addon database creating (0s) " },
      { at: 900, text: " +  docker:index:Image image-web creating (1s) Pushing" },
      { at: 2_100, text: " +  heroku:addon:Addon database created (2s) " },
    ];
    expect([...durations(lines)]).toEqual([["Addon database", 2_000]]);
  });

  it("knows updates as well", () => {
    const lines = [
      { at: 100, text: " ~  docker:index:Image image-web updating (0s) [diff: ~build]" },
      { at: 400, text: " ~  docker:index:Image image-web updated (0.3s) [diff: ~build]" },
    ];
    expect([...durations(lines)]).toEqual([["Image image-web", 300]]);
  });
});

describe("criticalPath", () => {
  it("counts a component no further than its children", () => {
    const addon = { urn: urn("heroku:addon/addon:Addon", "database"), custom: true };
    const component = { urn: urn("x:components:Postgres", "database"), custom: false, dependencies: [addon.urn] };
    const last = { urn: urn("x:index:Release", "release"), custom: true, dependencies: [component.urn] };
    const took = new Map([
      ["Addon database", 2_000],
      ["Postgres database", 2_000],
      ["Release release", 300],
    ]);
    expect(criticalPath([addon, component, last], took)).toBe(2_300);
  });

  it("lets a component's children wait for what the component depends on", () => {
    const addon = { urn: urn("heroku:addon/addon:Addon", "database"), custom: true };
    const component = { urn: urn("x:components:Release", "release"), custom: false, dependencies: [addon.urn] };
    const child = { urn: urn("x:index:Release", "release"), custom: true, dependencies: [], parent: component.urn };
    const took = new Map([
      ["Addon database", 2_000],
      ["Release release", 300],
    ]);
    expect(criticalPath([addon, component, child], took)).toBe(2_300);
  });

  it("adds up the longest chain alone", () => {
    const app = { urn: urn("heroku:app/app:App", "app"), custom: true };
    const slow = { urn: urn("heroku:addon/addon:Addon", "database"), custom: true, dependencies: [app.urn] };
    const fast = { urn: urn("heroku:addon/addon:Addon", "redis"), custom: true, dependencies: [app.urn] };
    const last = { urn: urn("x:index:Release", "release"), custom: true, dependencies: [slow.urn, fast.urn] };
    const took = new Map([
      ["App app", 100],
      ["Addon database", 2_000],
      ["Addon redis", 1_000],
      ["Release release", 300],
    ]);
    expect(criticalPath([app, slow, fast, last], took)).toBe(2_400);
  });
});
