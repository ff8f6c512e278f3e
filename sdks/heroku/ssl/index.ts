export * from "./ssl";
