import type { ServerResponse } from "node:http";

/** A refusal in the registry protocol's form: https://distribution.github.io/distribution/spec/api/#errors */
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
 * Heroku answers this for an unknown app too, so that nobody learns which names exist. The detail,
 * in Docker Distribution's form, keeps Docker from trying again for a minute.
 */
export function unauthorized(repository = ""): RegistryError {
  const detail = [{ Type: "repository", Class: "", Name: repository, Action: "push" }];
  return new RegistryError(401, "UNAUTHORIZED", "authentication required", repository === "" ? null : detail);
}

/** Writes the refusal; does nothing when a reply has begun. */
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
