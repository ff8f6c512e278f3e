import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { MachineContext, NodeHandler } from "../contract";
import type { AccountRecord, AppRecord } from "../store/entities";
import type { BackingRegistry, Reply } from "./backing-registry";
import { parsePushedManifest } from "./manifest";
import { readBody } from "./read-body";
import { RegistryError, sendRegistryError, unauthorized } from "./registry-error";
import { imageTag, parseRepositoryPath, type RepositoryPath } from "./repository-path";
import { listTags } from "./tags";

/**
 * The registry as Heroku's clients see it: repositories `<app>/<process type>`, one API key for all of them, and only
 * Docker's schema 2. Blobs are streamed to and from the registry behind it.
 */
export class RegistryFront implements NodeHandler {
  /** `pullAuthorization` is the header of Local Heroku's own pulls, which may read all apps' images. */
  constructor(
    private readonly context: MachineContext,
    private readonly backing: BackingRegistry,
    private readonly pullAuthorization: string,
  ) {}

  request(incoming: IncomingMessage, response: ServerResponse): void {
    this.serve(incoming, response).catch((error: unknown) => {
      if (error instanceof RegistryError) sendRegistryError(response, error);
      else sendRegistryError(response, new RegistryError(503, "UNAVAILABLE", "service unavailable"));
    });
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? "/", this.context.url);
    const { authorization } = incoming.headers;
    const account = this.context.authenticate(authorization);
    const internal = authorization === this.pullAuthorization;
    if (!account && !internal) throw unauthorized();
    if (url.pathname === "/v2/" || url.pathname === "/v2") {
      send(response, { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from("{}") });
      return;
    }
    const path = parseRepositoryPath(url.pathname);
    if (!path) throw new RegistryError(404, "NAME_UNKNOWN", "repository name not known to registry");
    const app = internal ? this.context.store.collection("apps").get(path.app) : this.appOf(account, path.app);
    if (!app) throw refusalOfUnknownApp(incoming, path);
    if (incoming.method !== "GET" && incoming.method !== "HEAD") requireContainerStack(app);

    if (path.kind === "tags") send(response, await listTags(this.backing, `${app.id}/${path.processType}`, path, url));
    else if (path.kind === "manifests" && incoming.method === "PUT") {
      const reply = await this.pushManifest(app, path, incoming);
      send(response, withClientsName(reply, app, path));
    } else await this.forward(incoming, response, app, path, this.query(url, account));
  }

  private appOf(account: AccountRecord | undefined, idOrName: string): AppRecord | undefined {
    return account && this.context.findApp(account, idOrName);
  }

  /** Stores the manifest a second time under a tag made from the image id, by which releases look it up. */
  private async pushManifest(app: AppRecord, path: RepositoryPath, incoming: IncomingMessage): Promise<Reply> {
    const body = await readBody(incoming);
    const type = incoming.headers["content-type"];
    const manifest = parsePushedManifest(type, body);
    const folder = `/v2/${app.id}/${path.processType}/manifests/`;
    const reply = await this.backing.send("PUT", folder + path.rest, { "Content-Type": type }, body);
    if (reply.status !== 201) return reply;
    const copy = await this.backing.send(
      "PUT",
      folder + imageTag(manifest.config.digest),
      { "Content-Type": type },
      body,
    );
    return copy.status === 201 ? reply : copy;
  }

  /** The query for the registry behind this one: in `from`, the source of a mount, the app's name becomes its id. */
  private query(url: URL, account: AccountRecord | undefined): string {
    const from = url.searchParams.get("from");
    if (from === null) return url.search;
    const [name = "", processType = ""] = from.split("/");
    const source = this.appOf(account, name);
    const query = new URLSearchParams(url.searchParams);
    // Without both, the registry starts an ordinary upload, as the protocol requires after a failed mount.
    if (source) query.set("from", `${source.id}/${processType}`);
    else for (const key of ["from", "mount"]) query.delete(key);
    return query.size === 0 ? "" : `?${query}`;
  }

  private async forward(
    incoming: IncomingMessage,
    response: ServerResponse,
    app: AppRecord,
    path: RepositoryPath,
    query: string,
  ): Promise<void> {
    const { authorization: _, connection: __, ...headers } = incoming.headers;
    const target = `/v2/${app.id}/${path.processType}/${path.kind}/${path.rest}${query}`;
    const outgoing = request({ ...this.backing.target(), method: incoming.method, path: target, headers });
    const replied = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.on("response", resolve);
      outgoing.on("error", reject);
    });
    // If the client disconnects, its upload ends, too.
    const sent = pipeline(incoming, outgoing);
    sent.catch(() => outgoing.destroy());
    const reply = await replied;
    const head = withClientsName({ status: reply.statusCode ?? 502, headers: reply.headers }, app, path);
    const { connection: ___, ...replyHeaders } = head.headers;
    response.writeHead(head.status, replyHeaders);
    await pipeline(reply, response);
  }
}

/** Docker asks for blobs with HEAD first, but shows users only errors with a body. */
function refusalOfUnknownApp({ method }: IncomingMessage, { app, processType }: RepositoryPath): RegistryError {
  return method === "HEAD"
    ? new RegistryError(404, "NAME_UNKNOWN", "repository name not known to registry")
    : unauthorized(`${app}/${processType}`);
}

function requireContainerStack(app: AppRecord): void {
  if (app.buildStackName === "container") return;
  const message = `images can be pushed only to apps on the stack container, got ${app.buildStackName} for ${app.name}; set the app's stack to container`;
  throw new RegistryError(403, "DENIED", message);
}

/** In the location, names the app as the client did. */
function withClientsName<T extends Pick<Reply, "status" | "headers">>(
  reply: T,
  app: AppRecord,
  path: RepositoryPath,
): T {
  const location = reply.headers.location?.replace(`/v2/${app.id}/`, `/v2/${path.app}/`);
  return location === undefined ? reply : { ...reply, headers: { ...reply.headers, location } };
}

function send(response: ServerResponse, reply: Reply): void {
  const { connection: _, "transfer-encoding": __, ...headers } = reply.headers;
  response.writeHead(reply.status, { ...headers, "content-length": reply.body.length });
  response.end(reply.body);
}
