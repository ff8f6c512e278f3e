import * as pulumi from "@pulumi/pulumi";
import { ContainerRelease } from "../../components/container-release";
import { Recorder, resolved } from "../support/recorder";

const releaseType = "heroku-native:index:ContainerRelease";
const healthCheck = { path: "/health" };
const images = { web: "registry/app/web@sha256:1", release: "registry/app/release@sha256:2" };

describe("ContainerRelease", () => {
  let recorder: Recorder;
  beforeEach(async () => {
    recorder = await Recorder.start({
      outputs: ({ type }) => (type === releaseType ? { version: 7, imageIds: { web: "sha256:a" } } : {}),
    });
  });

  it("releases all images at once", async () => {
    const release = new ContainerRelease("release", { app: "app-id", images, formation: {}, healthCheck });
    expect((await recorder.only(releaseType)).inputs).toEqual({
      app: "app-id",
      images,
      formation: {},
      healthPath: "/health",
    });
    expect(await resolved(release.version)).toBe(7);
    expect(await resolved(release.imageIds)).toEqual({ web: "sha256:a" });
  });

  it("leaves the scaling to the release, and makes no resource of its own of it", async () => {
    const formation = { web: { size: "standard-1x", quantity: 2 }, worker: { size: "basic", quantity: 0 } };
    new ContainerRelease("release", { app: "app-id", images, formation, healthCheck });
    expect((await recorder.only(releaseType)).inputs.formation).toEqual(formation);
    expect((await recorder.settled()).map(({ type }) => type)).toEqual([
      "skechwime:components:ContainerRelease",
      releaseType,
    ]);
  });

  it("passes on the health check", async () => {
    const releaseTimeout = 600;
    const asked = {
      ...{ path: "/ok", status: 204, text: "ready", headers: { Host: "shop.example.com" }, pages: ["/", "/login"] },
      ...{ settle: 20, webSocketPath: "/ws", interval: 3, timeout: 60, threshold: 1 },
    };
    new ContainerRelease("release", { app: "app-id", images, formation: {}, releaseTimeout, healthCheck: asked });
    expect((await recorder.only(releaseType)).inputs).toEqual({
      app: "app-id",
      images,
      formation: {},
      releaseTimeout: 600,
      healthPath: "/ok",
      healthStatus: 204,
      healthText: "ready",
      healthHeaders: { Host: "shop.example.com" },
      healthPages: ["/", "/login"],
      settleTime: 20,
      webSocketPath: "/ws",
      healthInterval: 3,
      healthTimeout: 60,
      healthThreshold: 1,
    });
  });

  it("warns if the health check is disabled", async () => {
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
    new ContainerRelease("release", { app: "app-id", images, formation: {}, healthCheck: false });
    expect((await recorder.only(releaseType)).inputs).toEqual({ app: "app-id", images, formation: {} });
    expect(warn.mock.calls.map(([message]) => message)).toEqual([
      "the health check is disabled: a release is considered healthy as soon as its dynos are up",
    ]);
  });

  it("reports every issue at once and registers nothing", async () => {
    const formation = { web: { size: "basic", quantity: 2 }, "wor ker": { size: "huge", quantity: 1.5 } };
    const wrong = { path: "health", status: 99, pages: ["/", "login"], settle: -1, interval: 0 };
    const args = { app: "app-id", images, formation, releaseTimeout: 0, healthCheck: wrong };
    expect(() => new ContainerRelease("release", args)).toThrow(
      /releaseTimeout must be a whole number of seconds from 1 to 3600, got 0; .*\n {2}healthCheck\.path must be a path, got "health"; .*\n {2}healthCheck\.status must be a whole number from 100 to 599, got 99; .*\n {2}healthCheck\.pages\[1\] must be a path, got "login"; .*\n {2}healthCheck\.settle must be .* got -1; .*\n {2}healthCheck\.interval must be .*\n {2}formation\.web\.quantity must be 0 or 1 with basic dynos, got 2; choose standard-1x or above to run more\n {2}formation\.wor ker must be .*\n {2}formation\.wor ker\.size must be .*\n {2}formation\.wor ker\.quantity must be /,
    );
    expect(await recorder.settled()).toEqual([]);
  });
});
