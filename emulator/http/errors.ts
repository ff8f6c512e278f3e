/**
 * An answer that refuses, in Heroku's form `{id, message}`. Thrown anywhere under a route; the API
 * turns it into the reply.
 */
export class HerokuError extends Error {
  /** `extra` goes into the body beside id and message. */
  constructor(
    readonly status: number,
    readonly id: string,
    message: string,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "HerokuError";
  }

  get body(): Record<string, unknown> {
    return { ...this.extra, id: this.id, message: this.message };
  }

  toResponse(): Response {
    return Response.json(this.body, { status: this.status });
  }
}

/** 404: unknown, or not this account's. `resource` is Heroku's word for the kind, such as `app`. */
export function notFound(resource: string, message = `Couldn't find that ${resource}.`): HerokuError {
  return new HerokuError(404, "not_found", message, { resource: resource.replaceAll(" ", "_") });
}

/** 422: the body's values are not acceptable. */
export function invalidParams(message: string): HerokuError {
  return new HerokuError(422, "invalid_params", message);
}

/** 400: the request cannot be read. */
export function badRequest(message: string): HerokuError {
  return new HerokuError(400, "bad_request", message);
}

/** 403: known, but not allowed. */
export function forbidden(message: string): HerokuError {
  return new HerokuError(403, "forbidden", message);
}

/** 423: repeat the request with `confirm` set to the app's name. */
export function confirmationRequired(message: string): HerokuError {
  return new HerokuError(423, "confirmation_required", message);
}
