import { POSTGRES_PLANS, REDIS_PLANS } from "../validation/catalog";
import type { Facts } from "./facts";
import { foreignHostTodos } from "./foreign-hosts";
import type { Found } from "./found";
import { foundService, isOf } from "./read-compose";
import { type Setting, setting, settings } from "./stack-file";

/** The data services that the app gets, and what it would still lack. */
export interface ServicesPlan {
  settings: Setting[];
  hasPostgres: boolean;
  hasRedis: boolean;
  todos: string[];
}

const POSTGRES = /postg(res|is)|timescale|pgvector|citus|supabase\/postgres/i;
const REDIS = /(^|\/)(redis|valkey|keydb|dragonfly)|redis-stack/i;

/** What compose runs that this program does not: what Heroku's add-ons offer in its place. */
const OTHERS: { images: RegExp; what: string; instead: string }[] = [
  { images: /mysql|mariadb|percona/i, what: "MySQL", instead: "an add-on such as jawsdb:kitefin (JAWSDB_URL)" },
  {
    images: /rabbitmq/i,
    what: "RabbitMQ",
    instead: "an add-on such as cloudamqp:lemur (CLOUDAMQP_URL), or Redis as broker",
  },
  { images: /memcached/i, what: "Memcached", instead: "an add-on such as memcachier:dev (MEMCACHIER_SERVERS)" },
  {
    images: /elasticsearch|opensearch|meilisearch|typesense|solr/i,
    what: "a search server",
    instead: "an add-on such as bonsai:sandbox (BONSAI_URL)",
  },
  { images: /mongo/i, what: "MongoDB", instead: "a database elsewhere, its URL among skechwime:secretConfigVars" },
  {
    images: /mailhog|mailpit|mailcatcher|maildev|smtp4dev/i,
    what: "a mail catcher",
    instead: "an add-on such as mailgun:starter, or the console backend",
  },
  {
    images: /minio|localstack|azurite/i,
    what: "object storage",
    instead: "a bucket elsewhere, its keys among skechwime:secretConfigVars",
  },
  { images: /kafka|zookeeper/i, what: "Kafka", instead: "the add-on heroku-kafka" },
];

export function planServices(facts: Facts): ServicesPlan {
  const postgres = whyPostgres(facts);
  const redis = whyRedis(facts);
  const declared = declaredAddons(facts);
  const others = declared.filter(({ value }) => !/^heroku-(postgresql|redis)\b|^scheduler\b/.test(value));
  return {
    hasPostgres: postgres !== undefined,
    hasRedis: redis !== undefined,
    settings: [
      ...(postgres === undefined
        ? []
        : [
            setting(
              "skechwime:postgres",
              settings([setting("plan", planOf(declared, "heroku-postgresql", POSTGRES_PLANS, "essential-0"))]),
              postgres,
            ),
            setting("skechwime:backup", settings([setting("hour", 3), setting("timezone", "UTC")])),
          ]),
      ...(redis === undefined
        ? []
        : [
            setting(
              "skechwime:redis",
              settings([setting("plan", planOf(declared, "heroku-redis", REDIS_PLANS, "mini"))]),
              redis,
            ),
          ]),
      ...(others.length === 0
        ? []
        : [
            setting(
              "skechwime:addons",
              others.map(({ value }) => value),
              `${others.map(({ at }) => at).join(", ")}. Local Heroku keeps them with their config vars; nothing runs behind them.`,
            ),
          ]),
    ],
    todos: [
      ...missingServices(facts),
      ...schedulerTodo(declared),
      ...sqliteTodo(facts, postgres !== undefined),
      ...foreignHostTodos(facts),
    ],
  };
}

function whyPostgres(facts: Facts): string | undefined {
  const { services, appJson, heroku, python, node, variables, databaseParts, django } = facts;
  const service = services.find((one) => isOf(one, POSTGRES));
  const addon = [...(heroku?.addons ?? []), ...(appJson?.addons ?? [])].find(({ value }) =>
    value.startsWith("heroku-postgresql"),
  );
  if (addon !== undefined) return `${addon.at} asks for ${addon.value}.`;
  if (service !== undefined) return `${service.at} runs ${foundService(service).value}.`;
  const driver =
    python.find("psycopg", "psycopg2", "psycopg2-binary", "psycopg-binary", "asyncpg") ??
    (readsDatabaseUrl(facts) ? node?.find("pg", "postgres", "sequelize", "typeorm", "@prisma/client") : undefined);
  if (driver === undefined) return undefined;
  const variable = variables.find(({ name }) => name === "DATABASE_URL");
  const reads = variable?.at ?? (databaseParts.has("HOST") ? django?.settingsFiles[0] : undefined);
  return `guess: ${driver.at} asks for ${driver.value}${reads === undefined ? "" : `, and ${reads} reads its address`}.`;
}

/** A tool for databases may hold a driver without having a database of its own. */
const readsDatabaseUrl = ({ files }: Facts): boolean =>
  files.paths.some((path) => /\.(m?[jt]s|cjs|prisma|json)$/.test(path) && files.read(path).includes("DATABASE_URL"));

function whyRedis({ services, appJson, heroku, variables, python, node }: Facts): string | undefined {
  const addon = [...(heroku?.addons ?? []), ...(appJson?.addons ?? [])].find(({ value }) =>
    /^(heroku-redis|rediscloud)\b/.test(value),
  );
  if (addon !== undefined) return `${addon.at} asks for ${addon.value}.`;
  const service = services.find((one) => isOf(one, REDIS));
  if (service !== undefined) return `${service.at} runs ${foundService(service).value}.`;
  const variable = variables.find(
    ({ name, fallback }) => /(^|_)REDIS(_TLS)?_(URL|HOST)$/.test(name) || /rediss?:\/\//.test(fallback ?? ""),
  );
  const client =
    python.find("django-redis", "channels-redis", "redis", "django-rq", "rq") ??
    node?.find("ioredis", "redis", "bullmq", "bull");
  if (variable !== undefined && client !== undefined) return `${variable.at} reads ${variable.name}.`;
  return node?.find("bullmq", "bull") === undefined ? undefined : `guess: ${client?.at} asks for ${client?.value}.`;
}

const declaredAddons = ({ heroku, appJson }: Facts): Found<string>[] => {
  const all = [...(heroku?.addons ?? []), ...(appJson?.addons ?? [])];
  return [...new Map(all.map((addon) => [addon.value.split(":")[0], addon])).values()];
};

/** The plan that the project asks for, where Heroku still sells it. */
function planOf(declared: readonly Found<string>[], service: string, known: readonly string[], usual: string): string {
  const plan = declared.find(({ value }) => value.startsWith(`${service}:`))?.value.slice(service.length + 1);
  return plan !== undefined && known.includes(plan) ? plan : usual;
}

function missingServices({ services }: Facts): string[] {
  return OTHERS.flatMap(({ images, what, instead }) => {
    const service = services.find((one) => isOf(one, images));
    return service === undefined ? [] : [`${service.at} runs ${what}, which this stack does not have: use ${instead}`];
  });
}

const schedulerTodo = (declared: readonly Found<string>[]): string[] =>
  declared
    .filter(({ value }) => value.startsWith("scheduler"))
    .map(
      ({ at }) =>
        `${at} asks for Heroku Scheduler, whose jobs are set up by hand: write a process type for each, or add it to skechwime:addons`,
    );

function sqliteTodo({ files, django }: Facts, hasPostgres: boolean): string[] {
  const path = django?.settingsFiles.find((file) => files.read(file).includes("sqlite3"));
  if (hasPostgres || path === undefined) return [];
  return [
    `${path} keeps its data in SQLite, a file that each restart of a dyno empties: for data that stays, read DATABASE_URL and add skechwime:postgres and skechwime:backup`,
  ];
}
