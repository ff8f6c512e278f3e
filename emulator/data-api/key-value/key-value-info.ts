import { planOf } from "../../catalog/addon-services";
import type { AddonRecord } from "../../store/entities";
import type { DataServices } from "../data-services";
import { keyValueSettings } from "./key-value-settings";

/** A key-value store as the data API describes it, from its records and from its running server. */
export async function keyValueInfo({ keyValue, settings, windows }: DataServices, addon: AddonRecord) {
  const plan = planOf(addon);
  const admin = await keyValue.admin(addon);
  const figures = parseInfo(String(await admin.command("INFO")));
  const { timeout, maxmemory_policy } = keyValueSettings(settings.of(addon));
  const version = figures.get("valkey_version") ?? figures.get("redis_version") ?? "";
  const clients = Number(figures.get("connected_clients") ?? 1) - 1;
  const limit = (plan.memoryMb ?? 0) * 1024 * 1024;
  const used = Number(figures.get("used_memory") ?? 0);
  const hits = Number(figures.get("keyspace_hits") ?? 0);
  const lookups = hits + Number(figures.get("keyspace_misses") ?? 0);
  const info = (name: string, value: string) => ({ name, values: [value] });
  return {
    addon_id: addon.id,
    name: addon.name,
    plan: plan.name,
    created_at: addon.createdAt,
    formation: { id: addon.id, primary: null },
    metaas_source: addon.name,
    port: Number(new URL(addon.values.URL ?? "rediss://:@localhost:6379").port),
    resource_url: addon.values.URL ?? null,
    version,
    prefer_native_tls: true,
    customer_encryption_key: null,
    info: [
      info("Plan", plan.humanName),
      info("Status", "available"),
      info("Created", addon.createdAt),
      info("Version", version),
      info("Timeout", String(timeout)),
      info("Maxmemory", maxmemory_policy),
      info("Maintenance", "not required"),
      info("Maintenance window", windows.of(addon)),
      info("Persistence", plan.tier === "mini" ? "None" : "AOF"),
      info("HA Status", plan.tier === "premium" ? "Available" : "Unavailable"),
      info("Requires TLS", "Yes"),
      info("Connections", `${clients}/${plan.connections}`),
      info("Memory", `${((used / limit) * 100).toFixed(2)}%`),
      info("Hit Rate", lookups === 0 ? "0%" : `${((hits / lookups) * 100).toFixed(2)}%`),
    ],
  };
}

function parseInfo(text: string): Map<string, string> {
  const pairs = text.split("\r\n").flatMap((line) => {
    const colon = line.indexOf(":");
    return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
  });
  return new Map(pairs);
}
