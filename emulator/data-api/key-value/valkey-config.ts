import type { Plan } from "../../catalog/plan";
import type { KeyValueSettings } from "./key-value-settings";

/** A server's configuration: the file for its start, and the part that a running server accepts. */
interface ValkeyConfig {
  file: string;
  live: [name: string, value: string][];
}

/** The configuration of a plan with settings. */
export function valkeyConfig(plan: Plan, settings: KeyValueSettings, password: string, port: number): ValkeyConfig {
  const live: [string, string][] = [
    ["requirepass", password],
    ["maxmemory", `${plan.memoryMb ?? 0}mb`],
    // One more for Local Heroku.
    ["maxclients", String(plan.connections + 1)],
    ["maxmemory-policy", settings.maxmemory_policy],
    ["timeout", String(settings.timeout)],
    ["notify-keyspace-events", settings.notify_keyspace_events],
    // Only premium plans keep data over a restart.
    ["appendonly", plan.tier === "mini" ? "no" : "yes"],
    ["save", plan.tier === "mini" ? "" : "900 1 300 100"],
  ];
  const fixed: [string, string][] = [
    ["port", "0"],
    ["tls-port", String(port)],
    ["tls-cert-file", "/srv/valkey/server.crt"],
    ["tls-key-file", "/srv/valkey/server.key"],
    ["tls-auth-clients", "no"],
    ["dir", "/srv/valkey"],
    ["protected-mode", "no"],
    ["daemonize", "no"],
  ];
  const lines = [...fixed, ...live].map(
    ([name, value]) => `${name} ${value === "" || (value.includes(" ") && name !== "save") ? `"${value}"` : value}`,
  );
  return { file: `${lines.join("\n")}\n`, live };
}
