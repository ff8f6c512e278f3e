import type { ServerResponse } from "node:http";

/** A refusal in the registry protocol's format: https://distribution.github.io/distribution/spec/api/#errors */
export class RegistryError extends Error {
  override readonly name = "RegistryError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail: unknown = null,
  ) {
    super(message);
  }
}

/**
 * Heroku replies with this for an unknown app, too, so that nobody learns which names exist. The detail, in Docker
 * Distribution's format, keeps Docker from retrying for a minute.
 */
export function unauthorized(repository = ""): RegistryError {
  const detail = [{ Type: "repository", Class: "", Name: repository, Action: "push" }];
  return new RegistryError(401, "UNAUTHORIZED", "authentication required", repository === "" ? null : detail);
}

/** Replies with the error, or breaks the connection if a reply has started. */
export function sendRegistryError(response: ServerResponse, { status, code, message, detail }: RegistryError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Docker-Distribution-Api-Version": "registry/2.0",
    ...(status === 401 ? { "WWW-Authenticate": 'Basic realm="Local Heroku"' } : {}),
  });
  response.end(JSON.stringify({ errors: [{ code, message, detail }] }));
}
