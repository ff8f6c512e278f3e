import { derivedId } from "../../ids";
import type { AddonRecord, AppRecord, Timed } from "../../store/entities";
import type { Platform } from "../platform";

/** A time in Heroku's format: RFC 3339 in UTC, whole seconds. */
export function time(iso: string): string;
export function time(iso: string | null): string | null;
export function time(iso: string | null): string | null {
  return iso === null ? null : `${iso.slice(0, 19)}Z`;
}

/** The id and times that most objects begin with. */
export function timed(record: Timed) {
  return { id: record.id, created_at: time(record.createdAt), updated_at: time(record.updatedAt) };
}

/** An app within another object. */
export function appRef(app: AppRecord | undefined) {
  return { id: app?.id ?? "", name: app?.name ?? "" };
}

/** The app with this id within another object. */
export function appRefOf({ core }: Platform, appId: string) {
  return appRef(core.store.collection("apps").get(appId));
}

/** An add-on within another object. */
export function addonRef(addon: AddonRecord, app: AppRecord | undefined) {
  return { id: addon.id, name: addon.name, app: appRef(app) };
}

/** The times of what Heroku has always had: regions, stacks, plans. */
export const CATALOG_TIMES = { created_at: "2012-01-01T12:00:00Z", updated_at: "2012-01-01T12:00:00Z" };

/** The runtime generation of every app and dyno size. */
export const GENERATION = { id: derivedId("generation", "cedar"), name: "cedar" };
