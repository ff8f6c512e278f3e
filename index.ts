import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { BackupSchedule } from "./components/backup-schedule";
import { ContainerApp } from "./components/container-app";
import { ContainerRelease } from "./components/container-release";
import { Postgres } from "./components/postgres";
import { Redis } from "./components/redis";
import { appImages } from "./components/support/app-images";
import { generatedSecrets } from "./components/support/generated-secrets";
import { HerokuProviders } from "./components/support/heroku-providers";
import { otherAddons } from "./components/support/other-addons";
import { loadSettings } from "./config";

const settings = loadSettings();
const { protect } = settings;
const providers = new HerokuProviders(settings.heroku);
const appProviders = providers.for("app");

// App names are unique in all of Heroku: a random suffix keeps environments and projects apart.
const ending = new random.RandomString("app-name", { length: 6, special: false, upper: false });
const prefix = `${pulumi.getProject()}-${pulumi.getStack()}`;

// The app and its domains, drains, features and config vars.
const app = new ContainerApp(
  "app",
  {
    appName: settings.appName ?? pulumi.interpolate`${prefix}-${ending.result}`,
    region: settings.region,
    team: settings.team,
    domains: settings.domains,
    configVars: settings.configVars,
    // Generated once and kept in the state.
    secretConfigVars: { ...generatedSecrets(settings.generatedSecrets), ...settings.secretConfigVars },
    hostsVars: settings.hostsVars,
    preboot: settings.preboot,
    logDrains: settings.logDrains,
    protect,
  },
  { providers: appProviders },
);

// Its data services, if any. Redis has its own provider instance, so that both are provisioned in parallel.
const { postgres, redis: store, backup } = settings;
const database =
  postgres && new Postgres("database", { app: app.id, ...postgres, protect }, { providers: appProviders });
const redis = store && new Redis("redis", { app: app.id, ...store, protect }, { providers: providers.for("redis") });
const backups =
  database &&
  backup &&
  new BackupSchedule("backups", { database: database.id, ...backup }, { providers: appProviders });

const addons = otherAddons(settings.addons, app.id, { providers: appProviders, protect });

// One image per process type, tried here as Heroku would run them and pushed while the data is being provisioned, or promoted.
const { registry, build, types, trial, images: promote } = settings;
const sources = { app: app.appName, registry, build, types, preflight: trial, promote };
const images = appImages(sources, { providers: appProviders });

// One release of all images, once everything that they read at boot exists.
const { formation, releaseTimeout, healthCheck } = settings;
const release = new ContainerRelease(
  "release",
  { app: app.id, images: images.references, testedImageIds: images.tested, formation, releaseTimeout, healthCheck },
  { providers: appProviders, dependsOn: [app, database ?? [], redis ?? [], addons].flat() },
);

export const appName = app.appName;
export const appUrl = app.url;
export const healthUrl = pulumi.interpolate`${app.url}${settings.healthPath}`;
/** Reference by digest and Heroku's image id of each process type. */
export const image = { references: images.references, ids: release.imageIds };
export const releaseVersion = release.version;
export const releasedAt = release.releasedAt;
/** Commit, age and migrations of each promoted image, as the preview showed them. */
export const promotion = images.promotion ?? {};
/** Connections at peak, of those that the plans allow. */
export const connections = settings.connections ?? {};
export const plans = { postgres: database?.plan, redis: redis?.plan };
export const backupSchedule = backups?.schedule;
