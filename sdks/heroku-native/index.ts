export * from "./backup-schedule";
export * from "./container-release";
export * from "./postgres-settings";
export * from "./provider";
export * from "./redis-config";
