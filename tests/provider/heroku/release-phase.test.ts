import { waitForRelease } from "../../../provider/heroku/release-phase";
import type { Release } from "../../../provider/heroku/types";
import { ScriptedHeroku } from "../support/scripted-heroku";
import { clientOf } from "../support/test-runtime";

const app = { id: "app-1", name: "demo", build_stack: { name: "container" }, web_url: null, maintenance: false };

describe("waitForRelease", () => {
  let heroku: ScriptedHeroku;

  beforeEach(async () => {
    heroku = await ScriptedHeroku.start();
  });
  afterEach(() => heroku.stop());

  const release = (status: Release["status"]): Release => ({
    id: "release-1",
    version: 7,
    description: "Deployed web (aaaaaaaaaaaa)",
    status,
    current: status === "succeeded",
    created_at: "2026-11-01T00:00:00Z",
    output_stream_url: `${heroku.url}/output`,
  });

  /** The release, pending until a line of its output was shown. */
  const endsAfter = (line: string, messages: string[], status: Release["status"]) => ({
    body: release(messages.includes(line) ? status : "pending"),
  });

  it("shows what the release phase prints, and waits for it to end", async () => {
    const { client, messages } = clientOf(heroku.url);
    heroku
      .on("GET /output", { status: 404 }, { body: "Applying migrations\n\u001b[32mdone\u001b[0m\n" })
      .on("GET /apps/app-1/releases/release-1", () => endsAfter("done", messages, "succeeded"));

    const outcome = await waitForRelease(client, app, release("pending"), 3_600_000);

    expect(outcome).toEqual({ release: release("succeeded"), output: ["Applying migrations", "done"] });
    expect(messages.slice(-2)).toEqual(["Applying migrations", "done"]);
  });

  it("keeps the last 20 lines of a release phase that failed", async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
    const { client, messages } = clientOf(heroku.url);
    heroku
      .on("GET /output", { body: lines.join("\n") })
      .on("GET /apps/app-1/releases/release-1", () => endsAfter("line 30", messages, "failed"));

    const outcome = await waitForRelease(client, app, release("pending"), 3_600_000);

    expect(outcome).toEqual({ release: release("failed"), output: lines.slice(10) });
  });

  it("does not show the API key to the host of the output", async () => {
    heroku
      .on("GET /output", { body: "secret of the app\n" })
      .on("GET /apps/app-1/releases/release-1", { body: release("pending") }, { body: release("failed") });

    await waitForRelease(clientOf(heroku.url).client, app, release("pending"), 60_000);

    expect(heroku.seen.find(({ path }) => path === "/output")?.headers.authorization).toBeUndefined();
  });

  it("goes by the status alone when the output is cut", async () => {
    heroku
      .on("GET /output", { cut: true })
      .on("GET /apps/app-1/releases/release-1", { body: release("pending") }, { body: release("succeeded") });

    const outcome = await waitForRelease(clientOf(heroku.url).client, app, release("pending"), 60_000);

    expect(outcome).toEqual({ release: release("succeeded"), output: [] });
  });

  it("asks for nothing when the release is done already", async () => {
    const done = { ...release("succeeded"), output_stream_url: null };

    expect(await waitForRelease(clientOf(heroku.url).client, app, done, 60_000)).toEqual({ release: done, output: [] });
    expect(heroku.seen).toEqual([]);
  });

  it("stops a release phase that takes too long, and shows the last words of it", async () => {
    const { client, messages } = clientOf(heroku.url);
    const stopped = () => heroku.seen.some(({ method }) => method === "POST");
    heroku
      .on("GET /output", { body: "waiting for a lock\n" })
      .on("GET /apps/app-1/releases/release-1", () => ({ body: release(stopped() ? "failed" : "pending") }))
      .on("GET /apps/app-1/dynos", {
        body: [
          { name: "release.1", type: "release", state: "up", release: { version: 6 } },
          { name: "release.2", type: "release", state: "up", release: { version: 7 } },
          { name: "web.1", type: "web", state: "up", release: { version: 6 } },
        ],
      })
      .on("POST /apps/app-1/dynos/release.2/actions/stop", { status: 202, body: {} });

    const outcome = await waitForRelease(client, app, release("pending"), 60_000);

    expect(outcome).toEqual({ release: release("failed"), output: ["waiting for a lock"], stoppedAfter: 60_000 });
    expect(messages.at(-1)).toBe('stopping the release phase of v7 of app "demo", which has run for 60 s');
  });

  it("gives up when there is nothing to stop", async () => {
    heroku
      .on("GET /output", { hang: true })
      .on("GET /apps/app-1/releases/release-1", { body: release("pending") })
      .on("GET /apps/app-1/dynos", { body: [] });

    await expect(waitForRelease(clientOf(heroku.url).client, app, release("pending"), 60_000)).rejects.toThrow(
      'gave up waiting for release v7 of app "demo", got none in 60 s; run `pulumi up` again to go on waiting, or give the resource a longer releaseTimeout',
    );
  });

  it("stops waiting when the operation is cancelled", async () => {
    heroku.on("GET /output", { hang: true }).on("GET /apps/app-1/releases/release-1", { body: release("pending") });
    const { client, stop, messages } = clientOf(heroku.url);
    const wait = waitForRelease(client, app, release("pending"), 60_000);
    while (messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));

    stop.abort(new Error("cancelled"));

    await expect(wait).rejects.toThrow("cancelled");
  });

  it("keeps the beginning of a line without end, and the last lines of millions", async () => {
    const { client, messages } = clientOf(heroku.url);
    const body = `${"x".repeat(5_000_000)}\n${"noise\n".repeat(1_000_000)}the end\n`;
    heroku
      .on("GET /output", { body })
      .on("GET /apps/app-1/releases/release-1", () => endsAfter("the end", messages, "failed"));

    const { output } = await waitForRelease(client, app, release("pending"), 3_600_000);

    expect(messages.find((message) => message.startsWith("xxx"))).toHaveLength(10_000);
    expect(output).toEqual([...Array(19).fill("noise"), "the end"]);
  });
});
