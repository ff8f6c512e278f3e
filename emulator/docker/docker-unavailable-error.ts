/** No Docker engine answers. The message says what to do about it. */
export class DockerUnavailableError extends Error {
  override readonly name = "DockerUnavailableError";

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Local Heroku runs dynos and data services with Docker, and no Docker engine answers (${reason}); start Docker, or set DOCKER_HOST to an engine that runs`,
      { cause },
    );
  }
}
