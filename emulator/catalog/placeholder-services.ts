/**
 * A service that Local Heroku does not run: its plans, the name of its first attachment, and its config vars by suffix.
 * `{key}` stands for 32 hexadecimal digits and `{host}` for a host name that never resolves.
 */
export type PlaceholderRow = readonly [
  name: string,
  humanName: string,
  plans: readonly [string, ...string[]],
  attachment: string,
  configVars: Readonly<Record<string, string>>,
];

const KEY = "{key}";
const CREDENTIALS = { USERNAME: KEY, PASSWORD: KEY };
const SERVERS = { SERVERS: "{host}:11211", ...CREDENTIALS };
const HTTPS = "https://user:{key}@{host}";
const MYSQL = "mysql://user:{key}@{host}:3306/database";

/** Names of plans and config vars are from the services' own pages and from `app.json` of public apps. */
export const PLACEHOLDER_SERVICES: readonly PlaceholderRow[] = [
  ["advanced-scheduler", "Advanced Scheduler", ["free"], "ADVANCED_SCHEDULER", { API_TOKEN: KEY }],
  ["airbrake", "Airbrake Error Monitoring", ["free-hrku"], "AIRBRAKE", { API_KEY: KEY, PROJECT_ID: "1" }],
  [
    "algoliasearch",
    "Algolia",
    ["free"],
    "ALGOLIASEARCH",
    { API_KEY: KEY, API_KEY_SEARCH: KEY, APPLICATION_ID: "LOCAL" },
  ],
  ["appsignal", "AppSignal APM", ["starter"], "APPSIGNAL", { PUSH_API_KEY: KEY }],
  ["bonsai", "Bonsai Elasticsearch", ["sandbox-6", "standard-sm"], "BONSAI", { URL: HTTPS }],
  [
    "bucketeer",
    "Bucketeer",
    ["hobbyist", "micro"],
    "BUCKETEER",
    { AWS_ACCESS_KEY_ID: KEY, AWS_REGION: "us-east-1", AWS_SECRET_ACCESS_KEY: KEY, BUCKET_NAME: "bucketeer-local" },
  ],
  ["bugsnag", "Insight Hub", ["tauron"], "BUGSNAG", { API_KEY: KEY }],
  ["cleardb", "ClearDB MySQL", ["ignite", "punch"], "CLEARDB_DATABASE", { URL: MYSQL }],
  ["cloudamqp", "CloudAMQP", ["lemur", "tiger"], "CLOUDAMQP", { APIKEY: KEY, URL: "amqps://user:{key}@{host}/user" }],
  [
    "cloudcube",
    "Cloudcube",
    ["free"],
    "CLOUDCUBE",
    { ACCESS_KEY_ID: KEY, SECRET_ACCESS_KEY: KEY, URL: "https://{host}/cube" },
  ],
  ["cloudinary", "Cloudinary", ["starter"], "CLOUDINARY", { URL: "cloudinary://1:{key}@{host}" }],
  ["crontogo", "Cron To Go Scheduler", ["bronze"], "CRONTOGO", { API_KEY: KEY, ORGANIZATION_ID: KEY }],
  ["fixie", "Fixie", ["tricycle"], "FIXIE", { URL: "http://fixie:{key}@{host}:80" }],
  ["fixie-socks", "Fixie Socks", ["grande", "handlebar"], "FIXIE_SOCKS", { HOST: "fixie:{key}@{host}:1080" }],
  [
    "heroku-kafka",
    "Apache Kafka on Heroku",
    ["basic-0", "basic-1", "standard-0"],
    "KAFKA",
    { CLIENT_CERT: KEY, CLIENT_CERT_KEY: KEY, PREFIX: "local-", TRUSTED_CERT: KEY, URL: "kafka+ssl://{host}:9096" },
  ],
  ["honeybadger", "Honeybadger", ["free"], "HONEYBADGER", { API_KEY: KEY }],
  ["hostedgraphite", "Hosted Graphite", ["free"], "HOSTEDGRAPHITE", { APIKEY: KEY }],
  ["jawsdb", "JawsDB MySQL", ["kitefin", "leopard"], "JAWSDB", { URL: MYSQL }],
  ["jawsdb-maria", "JawsDB Maria", ["kitefin", "leopard"], "JAWSDB_MARIA", { URL: MYSQL }],
  ["judoscale", "Judoscale Autoscaling", ["white"], "JUDOSCALE", { URL: "https://{host}/{key}" }],
  ["librato", "Librato", ["development"], "LIBRATO", { PASSWORD: KEY, TOKEN: KEY, USER: "local@{host}" }],
  ["logdna", "Mezmo", ["quaco"], "LOGDNA", { KEY }],
  [
    "mailgun",
    "Mailgun",
    ["starter", "basic"],
    "MAILGUN",
    {
      API_KEY: KEY,
      DOMAIN: "sandbox.{host}",
      PUBLIC_KEY: KEY,
      SMTP_LOGIN: "postmaster@sandbox.{host}",
      SMTP_PASSWORD: KEY,
      SMTP_PORT: "587",
      SMTP_SERVER: "smtp.{host}",
    },
  ],
  ["memcachedcloud", "Memcached Cloud", ["30", "100"], "MEMCACHEDCLOUD", SERVERS],
  ["memcachier", "MemCachier", ["dev", "100"], "MEMCACHIER", SERVERS],
  ["newrelic", "New Relic APM", ["wayne"], "NEW_RELIC", { LICENSE_KEY: KEY, LOG: "stdout" }],
  ["ormongo", "ObjectRocket for MongoDB", ["5-mmap"], "ORMONGO", { RS_URL: HTTPS, URL: "mongodb://user:{key}@{host}" }],
  ["papertrail", "Papertrail", ["choklad", "volmar", "fixa"], "PAPERTRAIL", { API_TOKEN: KEY }],
  [
    "postmark",
    "Postmark",
    ["10k"],
    "POSTMARK",
    { API_KEY: KEY, API_TOKEN: KEY, INBOUND_ADDRESS: "{key}@inbound.{host}", SMTP_SERVER: "smtp.{host}" },
  ],
  [
    "pusher",
    "Pusher Channels",
    ["sandbox"],
    "PUSHER",
    { APP_ID: "1", KEY, SECRET: KEY, SOCKET_URL: "wss://{host}/app/{key}", URL: "https://{key}:{key}@{host}/apps/1" },
  ],
  ["quotaguard", "QuotaGuard", ["starter"], "QUOTAGUARD", { URL: HTTPS }],
  ["quotaguardstatic", "QuotaGuard Static IPs", ["starter", "micro"], "QUOTAGUARDSTATIC", { URL: HTTPS }],
  ["raygun", "Raygun", ["free"], "RAYGUN", { APIKEY: KEY }],
  ["rediscloud", "Redis Cloud", ["30", "100"], "REDISCLOUD", { URL: "redis://default:{key}@{host}:6379" }],
  ["rollbar", "Rollbar", ["free"], "ROLLBAR", { ACCESS_TOKEN: KEY, ENDPOINT: "https://{host}/api/1/item/" }],
  ["scheduler", "Heroku Scheduler", ["standard"], "SCHEDULER", {}],
  ["scout", "Scout APM", ["chair"], "SCOUT", { KEY, LOG_LEVEL: "WARN", MONITOR: "true" }],
  [
    "searchbox",
    "SearchBox Elasticsearch",
    ["starter"],
    "SEARCHBOX",
    { SSL_URL: HTTPS, URL: "http://user:{key}@{host}" },
  ],
  ["sendgrid", "Twilio SendGrid", ["starter", "bronze"], "SENDGRID", CREDENTIALS],
  ["sentry", "Sentry", ["f1"], "SENTRY", { DSN: "https://{key}@{host}/1" }],
];
