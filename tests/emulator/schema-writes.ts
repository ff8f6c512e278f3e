import { selfSigned } from "../support/certificate";
import type { Emulator } from "../support/emulator";

type Ids = ReadonlyMap<string, string>;
type Body = (ids: Ids, heroku: Emulator) => unknown;

const { certificate, key } = selfSigned();
const ENDPOINT = { certificate_chain: certificate, private_key: key };
const MEMBER = { email: "eve@example.com", role: "member" };
const id = (ids: Ids, kind: string) => ids.get(kind) ?? "none";

/** A valid body for each supported link that writes; several if the schema has the link several times. */
export const WRITES: Readonly<Record<string, readonly Body[]>> = {
  "PATCH /account/features/{account-feature}": [() => ({ enabled: true })],
  "POST /addon-attachments": [(ids) => ({ addon: id(ids, "add-on"), app: id(ids, "app") })],
  "POST /actions/addon-attachments/resolve": [() => ({ addon_attachment: "DATABASE", app: "sketch" })],
  "POST /apps/{app}/addons": [() => ({ plan: "heroku-redis:mini" })],
  "PATCH /apps/{app}/addons/{add-on}": [() => ({ plan: "heroku-postgresql:essential-1" })],
  "POST /actions/addons/resolve": [() => ({ addon: "DATABASE", app: "sketch" })],
  "PATCH /apps/{app}/features/{app-feature}": [() => ({ enabled: true })],
  "POST /account/app-transfers": [(ids) => ({ app: id(ids, "app"), recipient: "ann@example.com" })],
  "PATCH /account/app-transfers/{app-transfer}": [() => ({ state: "declined" })],
  "POST /apps/{app}/webhooks": [() => ({ include: ["dyno"], level: "notify", url: "https://b.example" })],
  "PATCH /apps/{app}/webhooks/{app-webhook}": [() => ({ level: "sync" })],
  "POST /apps": [() => ({})],
  "PATCH /apps/{app}": [() => ({ maintenance: true })],
  "POST /apps/{app}/acm": [() => ({})],
  "PATCH /apps/{app}/acm": [() => ({})],
  "PUT /apps/{app}/buildpack-installations": [() => ({ updates: [{ buildpack: "heroku/python" }] })],
  "POST /apps/{app}/collaborators": [() => ({ user: "bob@example.com" })],
  "PATCH /apps/{app}/config-vars": [() => ({ A: "1" })],
  "POST /apps/{app}/domains": [() => ({ hostname: "two.example.com", sni_endpoint: null })],
  "PATCH /apps/{app}/domains/{domain}": [(ids) => ({ sni_endpoint: id(ids, "sni-endpoint") })],
  "POST /apps/{app}/dynos": [() => ({ command: "ls" })],
  "POST /filters/apps": [(ids) => ({ in: { id: [id(ids, "app")] } })],
  "PATCH /apps/{app}/formation": [() => ({ updates: [{ type: "web", quantity: 0 }] })],
  "PATCH /apps/{app}/formation/{formation}": [() => ({ quantity: 0 })],
  "POST /apps/{app}/log-drains": [() => ({ url: "https://b.example" })],
  "POST /apps/{app}/log-sessions": [() => ({ lines: 10 })],
  "POST /oauth/authorizations": [() => ({ scope: ["read"], description: "painting" })],
  "PATCH /oauth/authorizations/{oauth-authorization}": [
    (ids) => ({ client: { id: id(ids, "oauth-client") }, description: "drawing" }),
  ],
  "POST /oauth/authorizations/{oauth-authorization}/actions/regenerate-tokens": [() => undefined],
  "POST /oauth/clients": [() => ({ name: "chalk", redirect_uri: "https://b.example" })],
  "PATCH /oauth/clients/{oauth-client}": [() => ({ name: "charcoal" })],
  "POST /oauth/clients/{oauth-client}/actions/rotate-credentials": [() => undefined],
  "PATCH /pipelines/{pipeline}/stage/{pipeline-coupling}/config-vars": [() => ({ A: "1" })],
  "POST /pipeline-couplings": [
    async (ids, heroku) => {
      const { body } = await heroku.post("/apps", {});
      return { app: body.id, pipeline: id(ids, "pipeline"), stage: "production" };
    },
  ],
  "PATCH /pipeline-couplings/{pipeline-coupling}": [() => ({ stage: "production" })],
  "POST /pipeline-promotions": [
    (ids) => ({
      pipeline: { id: id(ids, "pipeline") },
      source: { app: { id: id(ids, "app") } },
      targets: [{ app: { id: id(ids, "team-app") } }],
    }),
  ],
  "POST /pipelines": [(ids) => ({ name: "another", owner: { id: id(ids, "account"), type: "user" } })],
  "PATCH /pipelines/{pipeline}": [() => ({ name: "renamed" })],
  "POST /apps/{app}/releases": [(ids) => ({ slug: id(ids, "slug") }), () => ({ release: "3" })],
  "POST /apps/{app}/slugs": [() => ({ process_types: { web: "serve" } })],
  "POST /apps/{app}/sni-endpoints": [() => ENDPOINT],
  "PATCH /apps/{app}/sni-endpoints/{sni-endpoint}": [() => ENDPOINT],
  "POST /teams/apps/{app}/collaborators": [() => ({ user: "bob@example.com", permissions: ["view"] })],
  "PATCH /teams/apps/{team-app}/collaborators/{team-app-collaborator}": [() => ({ permissions: ["view"] })],
  "POST /teams/apps": [() => ({ team: "painters" })],
  "PATCH /teams/apps/{team-app}": [
    () => ({ locked: true }),
    () => ({ owner: "painters" }),
    () => ({ owner: "dev@localhost" }),
  ],
  "PUT /teams/{team}/members": [() => MEMBER],
  "POST /teams/{team}/members": [() => MEMBER],
  "PATCH /teams/{team}/members": [() => ({ email: "bob@example.com", role: "admin" })],
  "POST /teams": [() => ({ name: "sculptors" })],
};
