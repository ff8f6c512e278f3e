import { createHash } from "node:crypto";

const schema2 = "application/vnd.docker.distribution.manifest.v2+json";

/** What an image of a test says of itself. */
export interface TestImage {
  labels?: Record<string, string>;
  architecture?: string;
  command?: string[];
  layers?: string[];
  mediaType?: string;
}

interface Repository {
  blobs: Map<string, Buffer>;
  /** By digest and by tag. */
  manifests: Map<string, Buffer>;
}

/** A container registry in memory, as far as a promotion asks one: manifests, blobs, mounts and uploads. */
export class RegistryInMemory {
  /** Bytes of blobs that clients uploaded. */
  uploaded = 0;
  /** Whether it lends a blob of one repository to another. */
  mounts = true;
  private left = Number.POSITIVE_INFINITY;
  private readonly repositories = new Map<string, Repository>();

  constructor(private readonly host: string) {}

  /** Pushes an image; answers its reference by digest and its image id. */
  push(name: string, image: TestImage = {}): { reference: string; digest: string; imageId: string } {
    const { architecture = "amd64", command = ["run"], layers = ["a layer"], labels, mediaType = schema2 } = image;
    const repository = this.repository(name);
    const keep = (content: string) => {
      const bytes = Buffer.from(content);
      repository.blobs.set(digestOf(bytes), bytes);
      return { digest: digestOf(bytes), size: bytes.length };
    };
    const config = keep(JSON.stringify({ os: "linux", architecture, config: { Cmd: command, Labels: labels } }));
    const manifest = { schemaVersion: 2, mediaType, config, layers: layers.map(keep) };
    // Indented as Docker does it: whoever copies the manifest has to keep its bytes.
    const bytes = Buffer.from(JSON.stringify(manifest, null, 3));
    const digest = digestOf(bytes);
    for (const tag of [digest, "latest"]) repository.manifests.set(tag, bytes);
    return { reference: `${this.host}/${name}@${digest}`, digest, imageId: config.digest };
  }

  /** Forgets a manifest, as a registry's clean-up does. */
  remove(name: string, digest: string): void {
    this.repository(name).manifests.delete(digest);
  }

  /** Digest that a tag of a repository stands for. */
  digestOf(name: string, tag: string): string | undefined {
    const bytes = this.repository(name).manifests.get(tag);
    return bytes && digestOf(bytes);
  }

  /** Answers that many requests from now on, and is cut off then. */
  cutAfter(requests: number): void {
    this.left = requests;
  }

  async answer(request: Request): Promise<Response> {
    if (this.left-- <= 0) throw new TypeError("fetch failed");
    const url = new URL(request.url);
    const [, name = "", kind = "", rest = ""] =
      /^\/v2\/([^/]+\/[^/]+)\/(manifests|blobs)\/(.*)$/.exec(url.pathname) ?? [];
    const repository = this.repository(name);
    if (request.method === "POST") return this.startUpload(name, url.searchParams);
    if (request.method === "PUT") {
      const bytes = Buffer.from(await request.arrayBuffer());
      if (kind === "blobs") this.uploaded += bytes.length;
      return this.put(repository, kind, kind === "blobs" ? (url.searchParams.get("digest") ?? "") : rest, bytes);
    }
    const bytes = (kind === "blobs" ? repository.blobs : repository.manifests).get(rest);
    if (!bytes) return refusal(404, kind === "blobs" ? "BLOB_UNKNOWN" : "MANIFEST_UNKNOWN");
    const headers = { "content-type": schema2, "docker-content-digest": digestOf(bytes) };
    return new Response(request.method === "HEAD" ? null : new Uint8Array(bytes), { headers });
  }

  private startUpload(name: string, query: URLSearchParams): Response {
    const digest = query.get("mount") ?? "";
    const lent = this.repositories.get(query.get("from") ?? "")?.blobs.get(digest);
    if (this.mounts && lent) {
      this.repository(name).blobs.set(digest, lent);
      return new Response(null, { status: 201 });
    }
    const location = `http://inner-address:5000/v2/${name}/blobs/uploads/one?_state=begun`;
    return new Response(null, { status: 202, headers: { location } });
  }

  /** Refuses what is not what its digest says, and a manifest whose parts are not all there. */
  private put({ blobs, manifests }: Repository, kind: string, reference: string, bytes: Buffer): Response {
    const digest = digestOf(bytes);
    if (reference.startsWith("sha256:") && reference !== digest) return refusal(400, "DIGEST_INVALID");
    if (kind === "blobs") blobs.set(digest, bytes);
    else {
      const { config, layers } = JSON.parse(bytes.toString());
      if (![config, ...layers].every((blob) => blobs.has(blob.digest))) return refusal(400, "MANIFEST_BLOB_UNKNOWN");
      for (const tag of [digest, reference]) manifests.set(tag, bytes);
    }
    return new Response(null, { status: 201, headers: { "docker-content-digest": digest } });
  }

  private repository(name: string): Repository {
    const found = this.repositories.get(name) ?? { blobs: new Map(), manifests: new Map() };
    this.repositories.set(name, found);
    return found;
  }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function refusal(status: number, code: string): Response {
  return Response.json({ errors: [{ code, message: code.toLowerCase().replaceAll("_", " ") }] }, { status });
}
