import { defaultDomain } from "../contract";
import type { AppRecord, ReleaseRecord } from "../store/entities";

type Environment = Readonly<Record<string, string>>;

/** The environment of a release's dynos: its config vars, and dyno metadata if the release has them. */
export function dynoEnvironment(app: AppRecord | undefined, release: ReleaseRecord | undefined): Environment {
  if (!app || !release) return {};
  return { ...release.configVars, ...(release.dynoMetadata ? metadata(app, release) : {}) };
}

/**
 * https://devcenter.heroku.com/articles/dyno-metadata. A pushed image has no commit, so that variable is empty
 * (https://github.com/heroku/alpinehelloworld/issues/8), and images get no `HEROKU_DYNO_ID`.
 */
function metadata(app: AppRecord, { createdAt, version, description }: ReleaseRecord): Environment {
  return {
    HEROKU_APP_ID: app.id,
    HEROKU_APP_NAME: app.name,
    HEROKU_APP_DEFAULT_DOMAIN_NAME: defaultDomain(app),
    HEROKU_RELEASE_CREATED_AT: createdAt.replace(/\.\d+Z$/, "Z"),
    HEROKU_RELEASE_VERSION: `v${version}`,
    HEROKU_SLUG_COMMIT: "",
    HEROKU_SLUG_DESCRIPTION: description,
  };
}
