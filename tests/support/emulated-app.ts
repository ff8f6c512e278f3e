import { DOCKER_RELEASES, Emulator } from "./emulator";

/** A release as the API shows it. */
export interface Release {
  id: string;
  version: number;
  description: string;
  status: string;
  current: boolean;
  output_stream_url: string | null;
}

/** A process type of the formation as the API shows it. */
export interface FormationRow {
  type: string;
  quantity: number;
  size: string;
  docker_image?: { id: string } | null;
}

/** The app `sketch` on the container stack of a Local Heroku in process. */
export class EmulatedApp {
  private constructor(
    public heroku: Emulator,
    readonly id: string,
  ) {}

  static async open(): Promise<EmulatedApp> {
    const heroku = await Emulator.open();
    const { body } = await heroku.post<{ id: string }>("/apps", { name: "sketch", stack: "container" });
    return new EmulatedApp(heroku, body.id);
  }

  /** Starts another process, so to say, on what the former one stored. */
  async restart(): Promise<void> {
    this.heroku = await Emulator.open({ store: this.heroku.store });
  }

  /** Pushes an image; answers its id. */
  push(type: string, content?: string): string {
    return this.heroku.machines.push(this.id, type, content);
  }

  /** Releases images by their ids. */
  release(updates: { type: string; docker_image: string | null }[]) {
    return this.heroku.patch<FormationRow[]>("/apps/sketch/formation", { updates }, DOCKER_RELEASES);
  }

  /** Pushes an image of each type and releases them together. */
  deploy(content: string, types = ["web", "release"]) {
    return this.release(types.map((type) => ({ type, docker_image: this.push(type, content) })));
  }

  /** The app's releases, oldest first. */
  async releases(): Promise<Release[]> {
    return (await this.heroku.get<Release[]>("/apps/sketch/releases")).body;
  }

  async newest(): Promise<Release | undefined> {
    const range = { Range: "version ..; max=1,order=desc" };
    return (await this.heroku.get<Release[]>("/apps/sketch/releases", range)).body[0];
  }

  /** What a release phase has printed, once it is over. */
  async output(release: Release | undefined): Promise<string> {
    const path = new URL(release?.output_stream_url ?? "").pathname;
    return (await this.heroku.call<string>("GET", path, { key: null })).body;
  }
}
