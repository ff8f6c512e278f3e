import { derivedId } from "../ids";

/** A feature that apps or accounts can enable. */
export interface FeatureEntry {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly docUrl: string;
  readonly state: "general" | "beta" | "alpha";
}

function feature(name: string, displayName: string, description: string, page: string): FeatureEntry {
  const docUrl = `https://devcenter.heroku.com/articles/${page}`;
  return { id: derivedId("feature", name), name, displayName, description, docUrl, state: "general" };
}

/** A feature of Heroku Labs, which the CLI shows in `labs` instead of `features`. */
function lab(...fields: Parameters<typeof feature>): FeatureEntry {
  return { ...feature(...fields), state: "beta" };
}

/** Local Heroku implements `preboot` and `runtime-dyno-metadata`; of the others it only stores the state. */
export const APP_FEATURES: readonly FeatureEntry[] = [
  feature(
    "http-session-affinity",
    "Session affinity",
    "Route a client's requests to the same dyno",
    "session-affinity",
  ),
  lab(
    "log-runtime-metrics",
    "Log runtime metrics",
    "Emit dyno resource usage in the app's logs",
    "log-runtime-metrics",
  ),
  feature("preboot", "Preboot", "Start new web dynos before the old ones stop", "preboot"),
  lab(
    "runtime-dyno-build-metadata",
    "Build metadata",
    "Config vars about the build of the dyno's release",
    "dyno-metadata",
  ),
  lab("runtime-dyno-metadata", "Dyno metadata", "Config vars about the dyno and its release", "dyno-metadata"),
  feature("spaces-dns-discovery", "DNS discovery", "Find the app's dynos by name in a Private Space", "dns-discovery"),
];

/** Features of accounts; only their state is stored. */
export const ACCOUNT_FEATURES: readonly FeatureEntry[] = [
  lab("app-overview", "App overview", "Overview page of each app in the dashboard", "heroku-dashboard"),
  lab("metrics-request-volume", "Request volume", "Request volume in application metrics", "metrics"),
  lab("team-internal-routing", "Internal routing", "Internally routed apps in Private Spaces", "internal-routing"),
];
