import type { Resource } from "../../../provider/resources/resource";
import type { ResourceDefinition } from "../../../provider/schema/definition";
import type { Context } from "../resource";
import { addon } from "./addon";
import { app } from "./app";
import { configAssociation } from "./config-association";
import { domain } from "./domain";
import { drain } from "./drain";
import { feature } from "./feature";
import { formation } from "./formation";

/** Every resource type of the stand-in. */
export const resources: readonly Resource<ResourceDefinition, Context>[] = [
  addon,
  app,
  configAssociation,
  domain,
  drain,
  feature,
  formation,
];
