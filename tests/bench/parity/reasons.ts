import type { Difference } from "./compare";

/** Why the two sets are not the same where they are not; see also the tables of stand-ins/. */
const REASONS: readonly [RegExp, string][] = [
  [
    /^preview of .*: docker:index\/image:Image::\S+: diffReasons/,
    "the official provider names what changes in detailedDiff only",
  ],
  [
    /^\S+: GET \/apps\/:id(\/(addons|features|formation)\/:id|\/config-vars|\/buildpack-installations)?$/,
    "the official provider reads what it has just read or written again",
  ],
  [
    /^\S+: PATCH \/apps\/:id\/config-vars$/,
    "the official provider sends an empty change of config vars when it creates an app",
  ],
];

/** The reason of a difference, if it has one. */
export function reasonOf({ where }: Difference): string | undefined {
  return REASONS.find(([pattern]) => pattern.test(where))?.[1];
}
