import type { Resource } from "../../../provider/resources/resource";
import type { ResourceDefinition } from "../../../provider/schema/definition";
import type { Context } from "../resource";
import { addon } from "./addon";
import { app } from "./app";
import { attachment } from "./attachment";
import { collaborator } from "./collaborator";
import { configAssociation } from "./config-association";
import { coupling } from "./coupling";
import { domain } from "./domain";
import { drain } from "./drain";
import { feature } from "./feature";
import { formation } from "./formation";
import { pipeline } from "./pipeline";
import { ssl } from "./ssl";
import { webhook } from "./webhook";

/** Every resource type of the stand-in. */
export const resources: readonly Resource<ResourceDefinition, Context>[] = [
  addon,
  app,
  attachment,
  collaborator,
  configAssociation,
  coupling,
  domain,
  drain,
  feature,
  formation,
  pipeline,
  ssl,
  webhook,
];
