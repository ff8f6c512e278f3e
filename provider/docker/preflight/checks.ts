import type { PREFLIGHT_CHECKS } from "../../../validation/catalog";

/** A check that can be turned off. */
export type Check = (typeof PREFLIGHT_CHECKS)[number];
