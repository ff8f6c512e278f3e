import { completion } from "../docker/completion";
import { type Engine, unless } from "../docker/engine";
import type { Images } from "../machines";
import type { ImageProcess } from "./process-command";

/** An image in the Docker engine and its process. */
export interface RunnableImage extends ImageProcess {
  readonly reference: string;
}

/** Pulls released images into the Docker engine. */
export class ImageSource {
  private readonly pulls = new Map<string, Promise<string>>();

  constructor(
    private readonly engine: Engine,
    private readonly images: Images,
    /** `localhost:<port>` and the password for all repositories there. */
    private readonly registry: { host: string; password: string },
  ) {}

  /** The image in the engine, which is pulled if it is missing. */
  async get(appId: string, processType: string, imageId: string): Promise<RunnableImage> {
    const local = await this.inspect(imageId).catch(unless([400, 404], undefined));
    if (local) return local;
    const pull = this.pulls.get(imageId) ?? this.pull(appId, processType, imageId);
    this.pulls.set(imageId, pull);
    return this.inspect(await pull.finally(() => this.pulls.delete(imageId)));
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

  private async inspect(reference: string): Promise<RunnableImage> {
    const { Config } = await this.engine.docker.getImage(reference).inspect();
    // An ENTRYPOINT in the form of a text is an array here, too: Docker's own shell and the text.
    return { reference, entrypoint: [Config.Entrypoint ?? []].flat(), command: Config.Cmd ?? [] };
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
