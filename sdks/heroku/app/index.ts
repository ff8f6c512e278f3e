export * from "./app";
export * from "./config-association";
export * from "./feature";
export * from "./webhook";
