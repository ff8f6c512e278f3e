import { selfSigned } from "./certificate";
import { DOCKER_RELEASES, type Emulator } from "./emulator";

const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFyYW1wbGUgb2YgYSBrZXkgZm9yIHRlc3Rz me@example";

/** Makes one of everything in an instance; answers the ids by the schema's name of their kind. */
export async function createOneOfEach(heroku: Emulator): Promise<Map<string, string>> {
  const made = async (path: string, body: unknown) => String((await heroku.post(path, body)).body.id);
  const account = String((await heroku.get("/account")).body.id);
  const team = await made("/teams", { name: "painters" });
  const app = await made("/apps", { name: "sketch", stack: "container" });
  const target = await made("/teams/apps", { name: "mural", team: "painters", stack: "container" });
  const updates = [{ type: "web", docker_image: heroku.machines.push(app, "web") }];
  await heroku.patch("/apps/sketch/formation", { updates }, DOCKER_RELEASES);
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
    ["add-on-attachment", await made("/addon-attachments", { addon, app })],
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
    ["domain", await made("/apps/sketch/domains", { hostname: "www.example.com", sni_endpoint: null })],
    ["dyno", await made("/apps/sketch/dynos", { command: "ls" })],
    ["dyno-size", "Basic"],
    ["formation", "web"],
    ["key", await made("/account/keys", { public_key: PUBLIC_KEY })],
    ["log-drain", await made("/apps/sketch/log-drains", { url: "https://a.example" })],
    ["oauth-authorization", await made("/oauth/authorizations", { scope: ["global"] })],
    ["oauth-client", await made("/oauth/clients", { name: "crayons", redirect_uri: "https://a.example" })],
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
    ["team-member", await made("/teams/painters/members", { email: "bob@example.com", role: "member" })],
    ["team-app", target],
    [
      "team-app-collaborator",
      await made("/teams/apps/mural/collaborators", { user: "ann@example.com" }).then(() => "ann@example.com"),
    ],
  ]);
}
