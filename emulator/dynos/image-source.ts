import { completion } from "../docker/completion";
import { type Engine, unless } from "../docker/engine";
import type { Images } from "../machines";

/** Pulls released images into the Docker engine. */
export class ImageSource {
  private readonly pulls = new Map<string, Promise<string>>();

  constructor(
    private readonly engine: Engine,
    private readonly images: Images,
    /** `localhost:<port>` and the password for all repositories there. */
    private readonly registry: { host: string; password: string },
  ) {}

  /** A reference to the image in the engine, which is pulled if it is missing. */
  async reference(appId: string, processType: string, imageId: string): Promise<string> {
    const local = await this.engine.docker
      .getImage(imageId)
      .inspect()
      .catch(unless([400, 404], undefined));
    if (local) return imageId;
    const pull = this.pulls.get(imageId) ?? this.pull(appId, processType, imageId);
    this.pulls.set(imageId, pull);
    return pull.finally(() => this.pulls.delete(imageId));
  }

  /** Removes the references to this instance's registry from the engine, and images without another reference. */
  async forgetAll(): Promise<void> {
    const { docker } = this.engine;
    const prefix = `${this.registry.host}/`;
    const filters = JSON.stringify({ reference: [`${prefix}*/*`] });
    const images = await docker.listImages({ filters, digests: true });
    const references = images.flatMap(({ RepoTags, RepoDigests }) => [...(RepoTags ?? []), ...(RepoDigests ?? [])]);
    for (const reference of references.filter((each) => each.startsWith(prefix))) {
      await docker
        .getImage(reference)
        .remove()
        .catch(unless([404, 409], undefined));
    }
  }

  private async pull(appId: string, processType: string, imageId: string): Promise<string> {
    const image = await this.images.find(appId, processType, imageId);
    if (!image) throw new Error(`the registry has no image ${imageId} for the process type ${processType}`);
    const reference = `${this.registry.host}/${appId}/${processType}@${image.manifestDigest}`;
    const { docker } = this.engine;
    const authconfig = { username: "_", password: this.registry.password, serveraddress: this.registry.host };
    const output = await docker.pull(reference, { authconfig });
    await completion(docker, output);
    return reference;
  }
}
