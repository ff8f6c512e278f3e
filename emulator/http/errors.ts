/** A refusal in Heroku's format `{id, message}`. It may be thrown anywhere under a route; the API replies with it. */
export class HerokuError extends Error {
  /** `extra` is added to the body. */
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

/** Heroku's `resource` of a 404 where it differs from the word in the message; the CLI compares it. */
const RESOURCES: Readonly<Record<string, string>> = { "add-on": "add_on", "add on attachment": "add_on attachment" };

/** 404: unknown, or not visible to the account. `resource` is Heroku's word for the kind, such as `app`. */
export function notFound(resource: string, message = `Couldn't find that ${resource}.`): HerokuError {
  return new HerokuError(404, "not_found", message, {
    resource: RESOURCES[resource] ?? resource.replaceAll(/[ -]/g, "_"),
  });
}

/** 422: the name matches several add-ons. */
export function multipleMatches(): HerokuError {
  return new HerokuError(422, "multiple_matches", "Ambiguous identifier; multiple matching add-ons found.");
}

/** 422: a value in the request is invalid. */
export function invalidParams(message: string): HerokuError {
  return new HerokuError(422, "invalid_params", message);
}

/** 400: the request is malformed. */
export function badRequest(message: string): HerokuError {
  return new HerokuError(400, "bad_request", message);
}

/** 403: not allowed. */
export function forbidden(message: string): HerokuError {
  return new HerokuError(403, "forbidden", message);
}

/** 423: repeat the request with `confirm` set to the app's name. */
export function confirmationRequired(message: string): HerokuError {
  return new HerokuError(423, "confirmation_required", message);
}
