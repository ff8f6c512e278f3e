import { randomBytes, randomInt } from "node:crypto";
import type Dockerode from "dockerode";
import { plainText } from "../text";
import type { Engine } from "./engine";

/** Carried by every container made here, so that leftovers of a killed process are found. */
export const TRIAL_LABEL = "heroku-native.preflight";
/** No trial takes so long (milliseconds): what is older was left behind. */
const LONGEST = 15 * 60_000;
const LINES_SHOWN = 10;
const LONGEST_LINE = 300;

/** How an image is tried: as a dyno would run it. */
export interface TrialOrder {
  image: string;
  /** Replaces the image's command and entrypoint. */
  shell?: string;
  environment: Readonly<Record<string, string>>;
  /** MB, with no swap beyond. */
  memoryLimit: number;
  /** A port to publish. */
  port?: number;
}

/** A container of an image under trial. */
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
      ...(order.shell === undefined ? {} : { Entrypoint: ["sh", "-c"], Cmd: [order.shell] }),
      // Dynos run under a user id of Heroku's choosing, which no image has a name for.
      User: "47113:47113",
      Env: Object.entries(order.environment).map(([name, value]) => `${name}=${value}`),
      Labels: { [TRIAL_LABEL]: "" },
      ...(order.port === undefined ? {} : { ExposedPorts: { [`${order.port}/tcp`]: {} } }),
      HostConfig: {
        ReadonlyRootfs: true,
        Tmpfs: { "/tmp": "rw,exec,mode=1777" },
        Memory: order.memoryLimit * 1_048_576,
        MemorySwap: order.memoryLimit * 1_048_576,
        PortBindings:
          order.port === undefined ? {} : { [`${order.port}/tcp`]: [{ HostIp: engine.publishOn, HostPort: "0" }] },
        LogConfig: { Type: "json-file", Config: { "max-size": "1m", "max-file": "1" } },
      },
    });
    try {
      return await work(new Trial(engine, container, order.port));
    } finally {
      await remove(container);
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

  /** Whether one of the folders on the image's PATH has an executable of this name. */
  async hasExecutable(name: string): Promise<boolean> {
    const { Config } = await this.container.inspect();
    const path = Config.Env.find((variable) => variable.startsWith("PATH="))?.slice(5) ?? "/usr/bin:/bin";
    const looks = path.split(":").map(async (folder) => {
      const answer = await this.container.infoArchive({ path: `${folder}/${name}` });
      // An answer that nobody reads to its end keeps its connection, and that this process.
      answer.resume();
    });
    return (await Promise.allSettled(looks)).some(({ status }) => status === "fulfilled");
  }
}

/** A port that nothing in a container is likely to take by itself. */
export const randomPort = (): number => randomInt(20_000, 60_000);

/** A value that nobody can take for another variable's. */
export const randomSecret = (): string => randomBytes(32).toString("hex");

/** Removes what processes left behind that were killed. */
export async function removeLeftovers({ docker }: Engine): Promise<void> {
  const left = await docker.listContainers({ all: true, filters: { label: [TRIAL_LABEL] } });
  const old = left.filter(({ Created }) => Date.now() - Created * 1_000 > LONGEST);
  await Promise.all(old.map(({ Id }) => remove(docker.getContainer(Id))));
}

/** One that somebody else has removed, or is removing, is gone all the same. */
async function remove(container: Dockerode.Container): Promise<void> {
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
