import { createHash } from "node:crypto";
import { DOCKER_RELEASES, Emulator } from "../../support/emulator";
import type { RegistryInMemory } from "./registry-in-memory";
import { TestRuntime } from "./test-runtime";

/** Local Heroku in process as the plugin sees it: its APIs, and a registry that knows the images pushed here. */
export class EmulatedHeroku {
  /** Requests that the plugin made, `PATCH /apps/…`. */
  readonly requests: string[] = [];
  readonly runtime = new TestRuntime((input, init) => this.fetch(new Request(input, init)));
  /** Lines that log sessions show. */
  readonly log: string[] = [];
  /** A registry whose images have contents; without one images are names. */
  registry: RegistryInMemory | undefined;
  /** Whether the newest log session tails. */
  private tails = false;
  private readonly manifests = new Map<string, { imageId: string; digest: string }>();

  /** Adds a line to open log sessions that tail. */
  private tail: ((line: string) => void) | undefined;

  private constructor(readonly emulator: Emulator) {}

  /** What the router logs of a request that a dyno served. */
  logRequest(requestId: string, dyno: string): void {
    this.tail?.(
      `heroku[router]: at=info method=GET path="/" request_id=${requestId} fwd="127.0.0.1" dyno=${dyno} status=200\n`,
    );
  }

  static async open(): Promise<EmulatedHeroku> {
    const heroku = new EmulatedHeroku(await Emulator.open());
    heroku.emulator.machines.dynoState = () => "up";
    return heroku;
  }

  get url(): string {
    return this.emulator.instance.url;
  }

  /** Makes a container app; answers its id. */
  async createApp(name: string, stack = "container"): Promise<string> {
    const { body } = await this.emulator.post<{ id: string }>("/apps", { name, stack });
    return body.id;
  }

  /** Pushes an image; answers its reference by digest. */
  push(app: { id: string; name: string }, type: string, content = "one"): string {
    const imageId = this.emulator.machines.push(app.id, type, content);
    const digest = `sha256:${createHash("sha256").update(`manifest of ${imageId}`).digest("hex")}`;
    for (const reference of [digest, "latest"]) {
      this.manifests.set(`/v2/${app.name}/${type}/manifests/${reference}`, { imageId, digest });
    }
    return `localhost:5075/${app.name}/${type}@${digest}`;
  }

  /** What a person would do by hand: releases an image that was pushed. */
  async releaseByHand(app: { id: string; name: string }, type: string, content: string): Promise<void> {
    await this.release(app, type, this.emulator.machines.push(app.id, type, content));
  }

  /** Releases the image of this id. */
  async release(app: { id: string; name: string }, type: string, docker_image: string): Promise<void> {
    this.emulator.machines.keep(app.id, type, docker_image);
    await this.emulator.patch(`/apps/${app.id}/formation`, { updates: [{ type, docker_image }] }, DOCKER_RELEASES);
    await this.emulator.idle();
  }

  /** Descriptions of the app's releases, oldest first. */
  async releases(appId: string): Promise<string[]> {
    const { body } = await this.emulator.get<{ version: number; description: string }[]>(`/apps/${appId}/releases`);
    return [...body].sort((one, other) => one.version - other.version).map(({ description }) => description);
  }

  private tailing(): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    return new ReadableStream({
      start: (controller) => {
        this.tail = (line) => controller.enqueue(encoder.encode(line));
      },
      cancel: () => {
        this.tail = undefined;
      },
    });
  }

  private async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    this.requests.push(`${request.method} ${pathname}`);
    if (pathname.endsWith("/log-sessions")) this.tails = (await request.clone().json()).tail === true;
    if (pathname.startsWith("/streams/logs/")) return new Response(this.tails ? this.tailing() : this.log.join("\n"));
    if (!pathname.startsWith("/v2/")) return this.emulator.instance.fetch(request);
    if (this.registry) return this.registry.answer(request);
    const found = this.manifests.get(pathname);
    if (!found) return Response.json({ errors: [{ code: "MANIFEST_UNKNOWN", message: "unknown" }] }, { status: 404 });
    const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
    const manifest = { schemaVersion: 2, mediaType, config: { digest: found.imageId } };
    return Response.json(manifest, { headers: { "docker-content-digest": found.digest } });
  }
}
