import type Dockerode from "dockerode";

/** An event in the engine's report on a build, pull or push. */
interface Event {
  readonly error?: string;
  readonly stream?: string;
}

/**
 * Reads the engine's report on a build, pull or push to its end; `printed` receives a build's output. Rejects with the
 * error in the report.
 */
export async function completion(
  docker: Dockerode,
  report: NodeJS.ReadableStream,
  printed: (text: string) => void = () => {},
): Promise<void> {
  const events = await new Promise<Event[]>((resolve, reject) => {
    const ended = (error: Error | null, all: Event[]) => (error ? reject(error) : resolve(all));
    docker.modem.followProgress(report, ended, ({ stream }: Event) => printed(stream ?? ""));
  });
  const failed = events.find(({ error }) => error !== undefined);
  if (failed) throw new Error(failed.error);
}
