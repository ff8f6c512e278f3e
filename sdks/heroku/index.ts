/**
 * Typed bindings of the Pulumi provider `heroku` 1.0.4: module paths, classes and properties are named as in the
 * provider's schema, so that an official `@pulumiverse/heroku` can take this package's place.
 */
export * as addon from "./addon";
export * as app from "./app";
export * as collaborator from "./collaborator";
export * as domain from "./domain";
export * as drain from "./drain";
export * as formation from "./formation";
export * as pipeline from "./pipeline";
export * from "./provider";
export * as ssl from "./ssl";
export * as types from "./types";
