// Generated from the definitions in provider/ by `npm run generate`. Change those instead.
export * from "./app-preflight";
export * from "./backup-schedule";
export * from "./container-release";
export * from "./postgres-settings";
export * from "./promoted-image";
export * from "./provider";
export * from "./redis-config";
