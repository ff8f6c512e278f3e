/** Values of settings that are left out, for the configuration, the components and the plugin. */
export const DEFAULTS = {
  region: "us",
  dockerfile: "Dockerfile",
  /** Pattern of Django's migrations, wherever its apps are. */
  migrations: "**/migrations/[0-9]*.py",
  dynoSize: "basic",
  quantity: 1,
  /** Seconds; Heroku's own limit. */
  releaseTimeout: 3_600,
  healthPath: "/health",
  /** Seconds. */
  healthInterval: 1,
  /** Seconds. Preboot alone keeps the old dynos serving for three minutes. */
  healthTimeout: 300,
  healthThreshold: 2,
  /** MB: the memory of the smallest dynos, which also run release phases and one-off processes. */
  memoryLimit: 512,
  /** MB. Room for a Python or Node.js app with its system packages; larger images make dynos slow to start. */
  sizeLimit: 1_000,
  postgresPlan: "essential-0",
  redisPlan: "mini",
  timezone: "UTC",
} as const;
