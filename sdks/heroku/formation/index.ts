export * from "./formation";
