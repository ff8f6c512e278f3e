import * as v from "valibot";
import { shellWords } from "../docker/shell-words";
import type { Images, PushedImage } from "../machines";
import type { BackingRegistry } from "./backing-registry";
import { MANIFEST_TYPE, type Manifest, parseManifest } from "./manifest";
import { imageTag } from "./repository-path";

const Words = v.nullish(v.array(v.string()), []);
const ImageConfig = v.object({ config: v.nullish(v.object({ Entrypoint: Words, Cmd: Words }), {}) });

/** The pushed images, by app, process type and image id. */
export class RegistryImages implements Images {
  constructor(private readonly backing: BackingRegistry) {}

  async find(appId: string, processType: string, imageId: string): Promise<PushedImage | undefined> {
    const repository = `/v2/${appId}/${processType}`;
    const found = await this.manifest(repository, imageId);
    if (!found) return undefined;
    const { manifest, digest } = found;
    const config = await this.backing.send("GET", `${repository}/blobs/${imageId}`);
    if (config.status !== 200) return undefined;
    const { Entrypoint, Cmd } = v.parse(ImageConfig, JSON.parse(config.body.toString("utf8"))).config;
    return {
      imageId,
      manifestDigest: digest,
      // Heroku shows the CMD, and the ENTRYPOINT of an image that has no CMD.
      command: shellWords(Cmd?.length ? Cmd : (Entrypoint ?? [])),
      size: [manifest.config, ...manifest.layers].reduce((sum, { size }) => sum + size, 0),
    };
  }

  async copy(imageId: string, processType: string, fromAppId: string, toAppId: string): Promise<void> {
    const source = `${fromAppId}/${processType}`;
    const found = await this.manifest(`/v2/${source}`, imageId);
    if (!found) throw new Error(`the registry has no image ${imageId} for the process type ${processType} to copy`);
    const target = `/v2/${toAppId}/${processType}`;
    for (const { digest } of [found.manifest.config, ...found.manifest.layers]) {
      const query = new URLSearchParams({ mount: digest, from: source });
      await this.created("POST", `${target}/blobs/uploads/?${query}`);
    }
    for (const tag of ["latest", imageTag(imageId)])
      await this.created("PUT", `${target}/manifests/${tag}`, found.body);
  }

  /** Removes the repositories of apps that no longer exist. */
  async removeOrphans(exists: (appId: string) => boolean): Promise<void> {
    for (const appId of await this.backing.apps()) if (!exists(appId)) await this.removeApp(appId);
  }

  async removeApp(appId: string): Promise<void> {
    await this.backing.removeRepositories(appId);
  }

  private async manifest(
    repository: string,
    imageId: string,
  ): Promise<{ manifest: Manifest; digest: string; body: Buffer } | undefined> {
    if (!/^sha256:[0-9a-f]{64}$/.test(imageId)) return undefined;
    const path = `${repository}/manifests/${imageTag(imageId)}`;
    const { status, headers, body } = await this.backing.send("GET", path, { Accept: MANIFEST_TYPE });
    const digest = headers["docker-content-digest"];
    if (status !== 200 || typeof digest !== "string") return undefined;
    return { manifest: parseManifest(body), digest, body };
  }

  private async created(method: string, path: string, body?: Buffer): Promise<void> {
    const { status } = await this.backing.send(method, path, { "Content-Type": MANIFEST_TYPE }, body);
    if (status !== 201) throw new Error(`the registry returned ${status} for ${method} ${path}`);
  }
}
