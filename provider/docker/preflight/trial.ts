import { randomBytes, randomInt } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type Dockerode from "dockerode";
import { extract, pack } from "tar-stream";
import { plainText } from "../../text";
import type { Engine } from "../engine";

/** Label of every container and network made here, so that leftovers of a killed process are found. */
export const TRIAL_LABEL = "heroku-native.preflight";
/** Milliseconds after which a container or network counts as left behind: no trial takes so long. */
const LONGEST = 15 * 60_000;
const LINES_SHOWN = 10;
const LONGEST_LINE = 300;
/** Dynos run under a user id of Heroku's choosing. */
const USER_ID = 47_113;

/** How an image is run: as a dyno would run it. */
export interface TrialOrder {
  image: string;
  /** A shell command instead of the image's own; its entrypoint is kept out. */
  shell?: string;
  environment: Readonly<Record<string, string>>;
  /** MB, with no swap beyond. */
  memoryLimit: number;
  /** Network to join. @default Docker's own */
  network?: string | undefined;
  /** A port to publish. */
  port?: number;
}

/** A container of an image in a preflight. */
export class Trial {
  private constructor(
    private readonly engine: Engine,
    readonly container: Dockerode.Container,
    private readonly port: number | undefined,
  ) {}

  /** Runs `work` with a new container that is removed afterwards, whatever happens. */
  static async with<T>(engine: Engine, order: TrialOrder, work: (trial: Trial) => Promise<T>): Promise<T> {
    const container = await engine.docker.createContainer({
      Image: order.image,
      ...(await commandOf(engine, order)),
      User: `${USER_ID}:${USER_ID}`,
      Env: Object.entries(order.environment).map(([name, value]) => `${name}=${value}`),
      Labels: { [TRIAL_LABEL]: "" },
      ...(order.port === undefined ? {} : { ExposedPorts: { [`${order.port}/tcp`]: {} } }),
      HostConfig: {
        ...(order.network === undefined ? {} : { NetworkMode: order.network }),
        Memory: order.memoryLimit * 1_048_576,
        MemorySwap: order.memoryLimit * 1_048_576,
        PortBindings:
          order.port === undefined ? {} : { [`${order.port}/tcp`]: [{ HostIp: engine.publishOn, HostPort: "0" }] },
        LogConfig: { Type: "json-file", Config: { "max-size": "1m", "max-file": "1" } },
      },
    });
    try {
      const trial = new Trial(engine, container, order.port);
      await trial.nameUser();
      return await work(trial);
    } finally {
      await removeContainer(container);
    }
  }

  /** Where this process reaches the published port; undefined when the container does not run. */
  async address(): Promise<{ host: string; port: number } | undefined> {
    const { NetworkSettings } = await this.container.inspect();
    const published = NetworkSettings.Ports[`${this.port}/tcp`]?.[0]?.HostPort;
    return published === undefined ? undefined : { host: this.engine.reachAt, port: Number(published) };
  }

  /** How it ended, or undefined while it runs. */
  async ending(): Promise<{ exitCode: number; outOfMemory: boolean } | undefined> {
    const { State } = await this.container.inspect();
    return State.Running ? undefined : { exitCode: State.ExitCode, outOfMemory: State.OOMKilled };
  }

  /** The last lines that it printed. */
  async lastLines(): Promise<string[]> {
    const output = await this.container.logs({ stdout: true, stderr: true, tail: 200 });
    const lines = plainLines(output).filter((line) => line !== "");
    return lines.slice(-LINES_SHOWN).map((line) => line.slice(0, LONGEST_LINE));
  }

  /** Whether one of the folders on the image's PATH has an executable with this name. */
  async hasExecutable(name: string): Promise<boolean> {
    const { Config } = await this.container.inspect();
    const path = Config.Env.find((variable) => variable.startsWith("PATH="))?.slice(5) ?? "/usr/bin:/bin";
    const looks = path.split(":").map(async (folder) => {
      const response = await this.container.infoArchive({ path: `${folder}/${name}` });
      // A response that is not read keeps its connection open, and with it this process.
      response.resume();
    });
    return (await Promise.allSettled(looks)).some(({ status }) => status === "fulfilled");
  }

  /** A file of the image as text, if there is one. */
  async file(path: string): Promise<string | undefined> {
    try {
      const files = extract();
      const archive = await this.container.getArchive({ path });
      files.end(await buffer(archive));
      let text: string | undefined;
      for await (const entry of files) {
        const chunks: Buffer[] = [];
        for await (const chunk of entry) chunks.push(chunk as Buffer);
        text ??= Buffer.concat(chunks).toString();
      }
      return text;
    } catch {
      return undefined;
    }
  }

  /** Heroku's user has a name, without which getpwuid fails, and with it Python's getpass and many servers. */
  private async nameUser(): Promise<void> {
    const users = await this.file("/etc/passwd");
    if (users === undefined) return;
    const archive = pack();
    const line = `dyno:x:${USER_ID}:${USER_ID}::/app:/bin/sh\n`;
    archive.entry({ name: "passwd", mode: 0o644 }, `${users.replace(/\n*$/, "\n")}${line}`);
    archive.finalize();
    await this.container.putArchive(Readable.from(archive), { path: "/etc" });
  }
}

/** Heroku replaces `$PORT` in an image's command, also in one that is an array and meets no shell. */
async function commandOf(
  { docker }: Engine,
  { image, shell, port }: TrialOrder,
): Promise<{ Entrypoint?: string[]; Cmd?: string[] }> {
  if (shell !== undefined) return { Entrypoint: ["sh", "-c"], Cmd: [shell] };
  if (port === undefined) return {};
  const { Config } = await docker.getImage(image).inspect();
  const words = [Config.Cmd ?? []].flat().map((word) => word.replace(/\$PORT\b/g, String(port)));
  return words.length === 0 ? {} : { Cmd: words };
}

/** A port that nothing in a container is likely to take by itself. */
export const randomPort = (): number => randomInt(20_000, 60_000);

/** A value that cannot be mistaken for another variable's. */
export const randomSecret = (): string => randomBytes(32).toString("hex");

/** Removes what processes left behind that were killed. */
export async function removeLeftovers({ docker }: Engine): Promise<void> {
  const filters = { label: [TRIAL_LABEL] };
  const containers = await docker.listContainers({ all: true, filters });
  const old = containers.filter(({ Created }) => Date.now() - Created * 1_000 > LONGEST);
  await Promise.all(old.map(({ Id }) => removeContainer(docker.getContainer(Id))));
  const networks: { Id: string; Created?: string }[] = await docker.listNetworks({ filters });
  for (const { Id, Created = "" } of networks) {
    if (Date.now() - Date.parse(Created) > LONGEST)
      await docker
        .getNetwork(Id)
        .remove()
        .catch(() => {});
  }
}

/** Removes a container; one that somebody else has removed or is removing is no error. */
export async function removeContainer(container: Dockerode.Container): Promise<void> {
  await container.remove({ force: true, v: true }).catch((error: { statusCode?: number }) => {
    if (error.statusCode !== 404 && error.statusCode !== 409) throw error;
  });
}

/** Docker puts eight bytes before each piece of a log: the stream's number, and the piece's length in the last four. */
function plainLines(log: Buffer): string[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= log.length; ) {
    const end = at + 8 + log.readUInt32BE(at + 4);
    pieces.push(log.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(pieces).toString().split("\n").map(plainText);
}
