export * from "./backup-schedule";
export * from "./provider";
