export * from "./collaborator";
