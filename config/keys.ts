import * as v from "valibot";
import { DEFAULTS } from "../validation/defaults";
import * as rules from "../validation/rules";
import { anything, list, map, mapOf, object, optional, secret, value } from "./setting";

const workers = object(
  {
    count: optional(
      value(rules.workerCount, "Worker processes of a dyno. Dynos of web get it as `WEB_CONCURRENCY`."),
      "1",
    ),
    memory: optional(value(rules.workerMemory, "Memory that one worker needs."), "not counted"),
    postgres: optional(
      value(
        rules.workerConnections,
        "Most Postgres connections of one worker. Dynos of web get it as `DATABASE_POOL_SIZE`.",
      ),
      "none",
    ),
    redis: optional(value(rules.workerConnections, "Most Redis connections of one worker."), "none"),
  },
  "What the worker processes of one dyno need. The sum over all dynos, the release phase, a backup and preboot's " +
    "doubling has to fit into the plans and dynos.",
);

/**
 * Every key of the project's namespace: type, bounds, default and description. `npm run generate` writes the schema in
 * Pulumi.yaml and the table in README.md from it.
 */
export const keys = v.strictObject({
  processTypes: mapOf(
    object(
      {
        command: optional(
          value(rules.command, "Shell command that its dynos run, in the same image as other process types."),
          "the image's own",
        ),
        target: optional(value(rules.text, "Stage of the Dockerfile to build."), "the last stage"),
        dockerfile: optional(value(rules.text, "Dockerfile, from the context's folder."), "that of `build`"),
        size: v.optional(value(rules.dynoSize, "Size of its dynos."), DEFAULTS.dynoSize),
        quantity: v.optional(value(rules.quantity, "How many dynos to run."), DEFAULTS.quantity),
        workers: optional(workers, "not counted"),
      },
      "One process type.",
    ),
    "Process types of the app by name. `release` runs once in each release and has no size and quantity.",
  ),
  build: v.optional(
    object(
      {
        context: value(rules.text, "Folder of the build context, from the project's folder."),
        dockerfile: v.optional(value(rules.text, "Dockerfile, from the context's folder."), DEFAULTS.dockerfile),
        args: optional(
          map(rules.text, "Values of the Dockerfile's ARG instructions. No secrets: the image shows them."),
          "none",
        ),
        source: optional(
          value(rules.sourceUrl, "URL of the source, for the image's labels."),
          "that of the git remote `origin`",
        ),
        migrations: optional(
          value(rules.text, "Pattern of the migrations' files, for the image's labels."),
          `Django's: \`${DEFAULTS.migrations}\``,
        ),
      },
      "What the images are built from.",
    ),
    { context: "./app" },
  ),
  images: v.optional(
    map(
      rules.text,
      'Images to run instead of building: `{stack: dev}` takes those of the stack dev; `{web: "sha256:…", release: ' +
        '"sha256:…"}` exact ones, by digest in the app\'s own repository or by a whole reference.',
    ),
    {},
  ),
  releaseTimeout: v.optional(
    value(
      rules.releaseTimeout,
      "How long the release phase may take. After that it is stopped, and the release fails.",
    ),
    DEFAULTS.releaseTimeout,
  ),
  healthPath: v.optional(
    value(rules.urlPath, "Path that returns 200 when the app is healthy. Its URL is the output `healthUrl`."),
    DEFAULTS.healthPath,
  ),
  healthCheck: v.optional(
    object(
      {
        enabled: v.optional(value(rules.flag, "If false, a release is healthy as soon as its dynos are up."), true),
        status: optional(
          value(rules.httpStatus, "Status of a healthy response, after redirects within the app."),
          "200",
        ),
        text: optional(value(rules.text, "Text that the body of a healthy response contains."), "any body"),
        headers: optional(map(rules.text, "Headers of each request, `Host` among them."), "none"),
        pages: optional(
          list(rules.urlPath, "Further paths that have to return a status below 400 once the health path is healthy."),
          "none",
        ),
        settle: optional(
          value(rules.settleTime, "How long dynos without a health path, such as workers, have to stay up."),
          "10",
        ),
        webSocketPath: optional(value(rules.urlPath, "WebSocket to open, which has to echo a ping."), "none is opened"),
        interval: v.optional(
          value(rules.healthInterval, "Time between two rounds of requests."),
          DEFAULTS.healthInterval,
        ),
        timeout: v.optional(
          value(rules.healthTimeout, "How long to wait until the dynos are up and healthy."),
          DEFAULTS.healthTimeout,
        ),
        threshold: v.optional(
          value(rules.healthThreshold, "Healthy responses in a row that each web dyno has to give."),
          DEFAULTS.healthThreshold,
        ),
      },
      "How to decide that a release is healthy.",
    ),
    {},
  ),
  preflight: v.optional(
    object(
      {
        enabled: v.optional(value(rules.flag, "Whether to check the images at all."), true),
        onPreview: v.optional(value(rules.flag, "Whether a preview checks them too."), false),
        sizeLimit: v.optional(value(rules.sizeLimit, "Largest image, uncompressed."), DEFAULTS.sizeLimit),
        releaseCheck: optional(
          value(rules.text, "Shell command that has to succeed in the image of `release`, or else of `web`."),
          "none",
        ),
        skip: optional(list(rules.preflightCheck, "Checks that are turned off."), "none"),
        env: optional(map(rules.text, "Config vars that only the preflight sets."), "none"),
      },
      "How the app is tried on this machine, with throwaway data services, before its images are pushed.",
    ),
    {},
  ),
  postgres: optional(
    object(
      {
        plan: v.optional(
          value(rules.postgresPlan, "Plan, with or without the prefix `heroku-postgresql:`."),
          DEFAULTS.postgresPlan,
        ),
        version: optional(
          value(rules.postgresVersion, "Version to create. Changing it replaces the database, and its data is lost."),
          "Heroku's newest",
        ),
        settings: optional(anything("Settings of the server, on Standard plans and above."), "Heroku's"),
      },
      "Heroku Postgres, attached as DATABASE_URL. An empty map takes all defaults.",
    ),
    "no database",
  ),
  redis: optional(
    object(
      {
        plan: v.optional(
          value(rules.redisPlan, "Plan, with or without the prefix `heroku-redis:`."),
          DEFAULTS.redisPlan,
        ),
        maxmemoryPolicy: optional(
          value(rules.evictionPolicy, "What happens when memory is full."),
          "Heroku's: `noeviction`",
        ),
        timeout: optional(
          value(rules.redisTimeout, "Idle time after which a connection is closed, 0 for never."),
          "Heroku's: 300",
        ),
      },
      "Heroku Key-Value Store (Redis), attached as REDIS_URL. An empty map takes all defaults.",
    ),
    "no store",
  ),
  backup: optional(
    object(
      {
        hour: value(rules.backupHour, "Hour in which the daily backup starts."),
        timezone: v.optional(value(rules.timezone, "Time zone of the hour."), DEFAULTS.timezone),
      },
      "Daily backup of the database.",
    ),
    "no backup",
  ),
  region: v.optional(
    value(rules.region, "Region of the app. Changing it replaces the app and its add-ons, and their data is lost."),
    DEFAULTS.region,
  ),
  team: optional(
    value(rules.team, "Team that owns the app. Changing it replaces the app and its add-ons, and their data is lost."),
    "a personal app",
  ),
  appName: optional(value(rules.appName, "Name of the app."), "`<project>-<stack>-<random>`"),
  domains: v.optional(list(rules.hostname, "Custom domains."), []),
  preboot: v.optional(
    value(rules.flag, "Start new web dynos before the old ones stop. Needs Standard or Performance dynos."),
    false,
  ),
  hostsVars: v.optional(
    map(
      rules.hostsForm,
      "Config vars that get the app's host names, unless configVars sets them, and the form: `comma`, `space`, `json`, or " +
        "`origins` (`https://` URLs, as Django's CSRF_TRUSTED_ORIGINS).",
    ),
    { ALLOWED_HOSTS: "comma" },
  ),
  addons: v.optional(
    list(
      rules.addonPlan,
      "Plans of other add-ons, such as `scheduler:standard`. Local Heroku runs nothing behind them.",
    ),
    [],
  ),
  configVars: v.optional(map(rules.text, "Plain config vars."), {}),
  secretConfigVars: v.optional(
    secret(
      map(
        rules.secretText,
        "Secret config vars: `pulumi config set --secret --path 'skechwime:secretConfigVars.NAME' VALUE`.",
      ),
    ),
    {},
  ),
  generatedSecrets: v.optional(
    list(
      rules.configVarName,
      "Config vars that get a random secret of 64 characters once, kept in the encrypted state.",
    ),
    ["SECRET_KEY"],
  ),
  logDrains: v.optional(secret(list(rules.drainUrl, "Log drain URLs, which carry credentials.")), []),
  protect: v.optional(value(rules.flag, "Refuse to delete or replace the app and its data services."), true),
});

/** The project's own keys as read, before secrets are wrapped. */
export type RawSettings = v.InferOutput<typeof keys>;
