/** The checks of a preflight that can be turned off, by name. */
export const CHECKS = ["platform", "command", "size", "release", "boot", "releaseCheck"] as const;

export type Check = (typeof CHECKS)[number];
