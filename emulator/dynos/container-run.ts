import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { ContainerInspectInfo } from "dockerode";
import { type ContainerSpec, type Engine, unless } from "../docker/engine";
import { lineSink } from "../docker/lines";

/** How a container's process ended. */
export interface Exit {
  code: number;
  /** The kernel killed it because of its memory. */
  outOfMemory: boolean;
}

/** One container from its start to its removal, with its output line by line. */
export class ContainerRun {
  /** Resolves when the process has ended and all of its output was received. */
  readonly exited: Promise<Exit>;

  private constructor(
    private readonly engine: Engine,
    readonly id: string,
    output: Promise<void>,
  ) {
    this.exited = this.waitForEnd(output);
  }

  /** Creates and starts a container; removes it if that fails. */
  static async start(engine: Engine, spec: ContainerSpec, line: (text: string) => void): Promise<ContainerRun> {
    const { id } = await engine.create(spec);
    const container = engine.docker.getContainer(id);
    let stream: NodeJS.ReadableStream | undefined;
    try {
      // Not `logs`: when a program prints fast, the engine drops lines that were not read yet.
      stream = await container.attach({ stream: true, stdout: true, stderr: true });
      await container.start();
      return ContainerRun.reading(engine, id, stream, line);
    } catch (error) {
      // The engine leaves the stream open if the container is removed before it has started.
      if (stream instanceof Readable) stream.destroy();
      await engine.remove(id);
      throw error;
    }
  }

  /** Takes over a container of an earlier process, with its output from `since` (seconds since the epoch). */
  static async follow(engine: Engine, id: string, line: (text: string) => void, since: number): Promise<ContainerRun> {
    const stream = await engine.docker.getContainer(id).logs({ follow: true, stdout: true, stderr: true, since });
    return ContainerRun.reading(engine, id, stream, line);
  }

  private static reading(
    engine: Engine,
    id: string,
    stream: NodeJS.ReadableStream,
    line: (text: string) => void,
  ): ContainerRun {
    const stdout = lineSink(line);
    const stderr = lineSink(line);
    engine.docker.modem.demuxStream(stream, stdout, stderr);
    const output = finished(stream, { writable: false }).catch(() => {});
    return new ContainerRun(
      engine,
      id,
      output.then(() => end(stdout, stderr)),
    );
  }

  /** Kills the process. */
  async kill(): Promise<void> {
    await this.signal("SIGKILL");
  }

  /** Asks the process to end; after `seconds`, calls `overdue` and kills it. */
  async stop(seconds: number, overdue: () => void): Promise<Exit> {
    await this.signal("SIGTERM");
    const timer = new AbortController();
    const timedOut = sleep(seconds * 1_000, true, { signal: timer.signal }).catch(() => false);
    if (await Promise.race([this.exited.then(() => false), timedOut])) {
      overdue();
      await this.kill();
    }
    timer.abort();
    return this.exited;
  }

  inspect(): Promise<ContainerInspectInfo> {
    return this.engine.docker.getContainer(this.id).inspect();
  }

  remove(): Promise<void> {
    return this.engine.remove(this.id);
  }

  private async signal(signal: string): Promise<void> {
    // 404 and 409: it has ended.
    await this.engine.docker
      .getContainer(this.id)
      .kill({ signal })
      .catch(unless([404, 409], undefined));
  }

  private async waitForEnd(output: Promise<void>): Promise<Exit> {
    const container = this.engine.docker.getContainer(this.id);
    const { StatusCode } = await container.wait().catch(unless(404, { StatusCode: 137 }));
    await output;
    const inspected = await container.inspect().catch(unless(404, undefined));
    return { code: StatusCode, outOfMemory: inspected?.State.OOMKilled ?? false };
  }
}

async function end(...sinks: ReturnType<typeof lineSink>[]): Promise<void> {
  await Promise.all(sinks.map((sink) => new Promise<void>((resolve) => sink.end(resolve))));
}
