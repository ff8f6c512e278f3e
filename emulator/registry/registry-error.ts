import type { ServerResponse } from "node:http";

/** A refusal in the registry protocol's form: https://distribution.github.io/distribution/spec/api/#errors */
export class RegistryError extends Error {
  override readonly name = "RegistryError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Heroku answers this for an unknown app too, so that nobody learns which names exist. */
export function unauthorized(): RegistryError {
  return new RegistryError(401, "UNAUTHORIZED", "authentication required");
}

/** Writes the refusal; does nothing when a reply has begun. */
export function sendRegistryError(response: ServerResponse, { status, code, message }: RegistryError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Docker-Distribution-Api-Version": "registry/2.0",
    ...(status === 401 ? { "WWW-Authenticate": 'Basic realm="Local Heroku"' } : {}),
  });
  response.end(JSON.stringify({ errors: [{ code, message, detail: null }] }));
}
