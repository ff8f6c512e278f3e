/** No Docker engine can be reached. The message says what to do about it. */
export class DockerUnavailableError extends Error {
  override readonly name = "DockerUnavailableError";

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Local Heroku needs a Docker engine, and none can be reached (${reason}); start Docker, or set DOCKER_HOST to a running engine`,
      { cause },
    );
  }
}
