export * from "./coupling";
export * from "./pipeline";
