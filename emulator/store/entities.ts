import * as addon from "./entities/addon";
import * as app from "./entities/app";
import * as backup from "./entities/backup";
import type { Entity } from "./entities/entity";
import * as network from "./entities/network";
import * as people from "./entities/people";
import * as pipeline from "./entities/pipeline";
import * as setting from "./entities/setting";

export type * from "./entities/addon";
export type * from "./entities/app";
export type * from "./entities/backup";
export type * from "./entities/entity";
export type * from "./entities/network";
export type * from "./entities/people";
export type * from "./entities/pipeline";
export type * from "./entities/setting";

/** Every kind of record, by the name of its collection. */
export const ENTITIES = { ...addon, ...app, ...backup, ...network, ...people, ...pipeline, ...setting };

/** The name of a kind, which is its collection's. */
export type Kind = keyof typeof ENTITIES;

/** The record of each kind. */
export type Records = {
  readonly [K in Kind]: (typeof ENTITIES)[K] extends Entity<infer T, infer _Index> ? T : never;
};

/** The index names of one kind. */
export type IndexOf<K extends Kind> = keyof (typeof ENTITIES)[K]["indexes"] & string;
