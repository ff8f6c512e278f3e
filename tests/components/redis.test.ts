import { Redis } from "../../components/redis";
import { Recorder, resolved } from "../support/recorder";

const addonType = "heroku:addon/addon:Addon";
const configType = "heroku-native:index:RedisConfig";

describe("Redis", () => {
  let recorder: Recorder;
  beforeEach(async () => {
    recorder = await Recorder.start({ outputs: () => ({ name: "redis-round-12345" }) });
  });

  it("creates a protected add-on without settings", async () => {
    const redis = new Redis("redis", { app: "app-id" });
    const addon = await recorder.only(addonType);
    expect(addon.inputs).toEqual({ appId: "app-id", plan: "heroku-redis:mini" });
    expect(addon.parent).toContain("skechwime:components:Redis::redis");
    expect(addon.options.protect).toBe(true);
    expect(await recorder.ofType(configType)).toEqual([]);
    expect(await resolved(redis.addonName)).toBe("redis-round-12345");
  });

  it("declares the given settings, including 0", async () => {
    new Redis("redis", { app: "app-id", plan: "premium-0", timeout: 0 });
    const config = await recorder.only(configType);
    expect(config.name).toBe("redis-config");
    expect(config.inputs).toEqual({ redis: "redis-id", timeout: 0 });
  });

  it("reports every issue at once and registers nothing", async () => {
    expect(() => new Redis("redis", { app: "a", plan: "mega", maxmemoryPolicy: "lru", timeout: -1 })).toThrow(
      /^Redis cannot be created with these arguments:\n {2}plan must be .*\n {2}maxmemoryPolicy must be .*\n {2}timeout must be a whole number of seconds from 0 to 86400, got -1; .*$/,
    );
    expect(await recorder.settled()).toEqual([]);
  });
});
