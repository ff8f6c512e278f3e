export * from "./addon";
export * from "./attachment";
