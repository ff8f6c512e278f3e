import { derivedId } from "../../ids";
import type { AddonRecord, AppRecord, Timed } from "../../store/entities";

/** A time as Heroku writes it: RFC 3339 in UTC, whole seconds. */
export function time(iso: string): string;
export function time(iso: string | null): string | null;
export function time(iso: string | null): string | null {
  return iso === null ? null : `${iso.slice(0, 19)}Z`;
}

/** The id and times that begin most objects. */
export function timed(record: Timed) {
  return { id: record.id, created_at: time(record.createdAt), updated_at: time(record.updatedAt) };
}

/** An app within another object. */
export function appRef(app: AppRecord | undefined) {
  return { id: app?.id ?? "", name: app?.name ?? "" };
}

/** An add-on within another object. */
export function addonRef(addon: AddonRecord, app: AppRecord | undefined) {
  return { id: addon.id, name: addon.name, app: appRef(app) };
}

/** The times of what Heroku has had since ever: regions, stacks, plans. */
export const EVER = { created_at: "2012-01-01T12:00:00Z", updated_at: "2012-01-01T12:00:00Z" };

/** The runtime generation of everything here. */
export const GENERATION = { id: derivedId("generation", "cedar"), name: "cedar" };
