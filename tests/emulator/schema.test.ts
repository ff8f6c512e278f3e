import { selfSigned } from "../support/certificate";
import { Emulator } from "../support/emulator";
import { PlatformSchema } from "../support/platform-schema";

const DOCKER = { Accept: "application/vnd.heroku+json; version=3.docker-releases" };
const reads = PlatformSchema.load()?.reads() ?? [];

/** An instance with one of everything; answers the ids by the schema's name of their kind. */
async function createOneOfEach(heroku: Emulator): Promise<Map<string, string>> {
  const made = async (path: string, body: unknown) => String((await heroku.post(path, body)).body.id);
  const account = String((await heroku.get("/account")).body.id);
  const team = await made("/teams", { name: "painters" });
  const app = await made("/apps", { name: "sketch", stack: "container" });
  const target = await made("/teams/apps", { name: "mural", team: "painters", stack: "container" });
  const updates = [{ type: "web", docker_image: heroku.machines.push(app, "web") }];
  await heroku.patch("/apps/sketch/formation", { updates }, DOCKER);
  const addon = await made("/apps/sketch/addons", { plan: "heroku-postgresql", name: "sketch-db" });
  const { certificate, key } = selfSigned();
  const endpoint = { certificate_chain: certificate, private_key: key };
  const pipeline = await made("/pipelines", { name: "sketch" });
  const coupling = await made("/pipeline-couplings", { app, pipeline, stage: "staging" });
  await made("/pipeline-couplings", { app: target, pipeline, stage: "production" });
  const promotion = { pipeline: { id: pipeline }, source: { app: { id: app } }, targets: [{ app: { id: target } }] };
  return new Map([
    ["account", account],
    ["account-feature", "metrics-request-volume"],
    ["add-on", addon],
    ["add-on-attachment", String((await heroku.get("/apps/sketch/addon-attachments/DATABASE")).body.id)],
    ["add-on-service", "heroku-postgresql"],
    ["app", app],
    ["app-feature", "preboot"],
    [
      "app-transfer",
      await made("/apps/sketch/collaborators", { user: "ann@example.com" }).then(() =>
        made("/account/app-transfers", { app, recipient: "ann@example.com" }),
      ),
    ],
    [
      "app-webhook",
      await made("/apps/sketch/webhooks", { include: ["dyno"], level: "notify", url: "https://a.example" }),
    ],
    ["collaborator", "ann@example.com"],
    ["domain", await made("/apps/sketch/domains", { hostname: "www.example.com" })],
    ["dyno", await made("/apps/sketch/dynos", { command: "ls" })],
    ["dyno-size", "Basic"],
    ["formation", "web"],
    ["log-drain", await made("/apps/sketch/log-drains", { url: "https://a.example" })],
    ["pipeline", pipeline],
    ["pipeline-coupling", coupling],
    ["pipeline-promotion", await made("/pipeline-promotions", promotion)],
    ["plan", "heroku-postgresql:essential-0"],
    ["region", "us"],
    ["release", "3"],
    ["slug", await made("/apps/sketch/slugs", { process_types: {} })],
    ["sni-endpoint", await made("/apps/sketch/sni-endpoints", endpoint)],
    ["stack", "container"],
    ["team", team],
    ["team-app", target],
    [
      "team-app-collaborator",
      await made("/teams/apps/mural/collaborators", { user: "ann@example.com" }).then(() => "ann@example.com"),
    ],
  ]);
}

if (reads.length === 0) {
  describe("Heroku's schema", () => {
    it.skip("accepts every reply (skipped: no file heroku-platform-api-schema.json, see HEROKU_PLATFORM_SCHEMA)", () => {});
  });
} else {
  describe("Heroku's schema", () => {
    it("accepts each reply to what it lets a client read; the rest is refused aloud", async () => {
      jest.spyOn(console, "warn").mockImplementation(() => {});
      const heroku = await Emulator.open();
      const ids = await createOneOfEach(heroku);
      await heroku.idle();

      const statuses = new Map<number, string[]>();
      for (const { href } of reads) {
        const path = href.replace("stage/{pipeline-coupling}", "stage/test").replaceAll(/\{([^}]*)\}/g, (_, kind) => {
          return encodeURIComponent(ids.get(kind) ?? "none");
        });
        const { status } = await heroku.get(path);
        statuses.set(status, [...(statuses.get(status) ?? []), href]);
      }

      const { 200: answered = [], 501: _refused = [], ...others } = Object.fromEntries(statuses);
      expect(others).toEqual({});
      expect(answered).toHaveLength(77);
    }, 60_000);
  });
}
