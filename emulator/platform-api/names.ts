import type { Ids } from "../ids";

const ADJECTIVES =
  "angular asymmetrical clean clear cubed curved deep fitted flat graceful horizontal infinite metric objective opaque polished rigid round shaped sinuous slippery spherical symmetrical tapered transparent trapezoidal vertical".split(
    " ",
  );
const QUALITIES =
  "aqueous boiling calm damp desolate fathomless gentle guarded immense lit mighty mysterious nameless pacific polar quiet rocky safe secure serene sheltered still stormy thawing warm whispering".split(
    " ",
  );
const PLACES =
  "atoll badlands basin beach bastion brook caverns cove crag dawn dusk earth everglades falls fjord fortress garden harbor hollows island journey lake meadow mesa mountain oasis peak plains ravine reef ridge river savannah sea shore spire springs tundra valley wave woodland".split(
    " ",
  );

/** The colors seen in attachment names. */
const COLORS =
  "AMBER BLACK BLUE CHARCOAL COBALT COPPER CRIMSON CYAN GOLD GREEN IVORY MAUVE NAVY ONYX PINK PURPLE RED WHITE YELLOW".split(
    " ",
  );

/** A random name for an app, such as `polar-cove-48213`. */
export function randomAppName(ids: Ids): string {
  return `${pick(ids, QUALITIES)}-${pick(ids, PLACES)}-${digits(ids)}`;
}

/** A random name for an add-on, such as `postgresql-round-48213`. */
export function randomAddonName(ids: Ids, prefix: string): string {
  return `${prefix}-${pick(ids, ADJECTIVES)}-${digits(ids)}`;
}

/** A random name for a certificate, such as `tyrannosaurus-48213` on Heroku. */
export function randomEndpointName(ids: Ids): string {
  return `${pick(ids, PLACES)}-${digits(ids)}`;
}

/** A random target for the DNS record of a domain, such as `polar-cove-4f0c….herokudns.com` on Heroku. */
export function randomDnsTarget(ids: Ids): string {
  return `${pick(ids, QUALITIES)}-${pick(ids, PLACES)}-${ids.hex(24)}.herokudns.com`;
}

/** A free attachment name `<prefix>_<COLOR>`; numbered once all colors are taken. */
export function colorName(ids: Ids, prefix: string, isTaken: (name: string) => boolean): string {
  const free = COLORS.map((color) => `${prefix}_${color}`).filter((name) => !isTaken(name));
  if (free.length > 0) return pick(ids, free);
  let number = 2;
  while (isTaken(`${prefix}_${COLORS[0]}_${number}`)) number += 1;
  return `${prefix}_${COLORS[0]}_${number}`;
}

function pick(ids: Ids, words: readonly string[]): string {
  return words[ids.below(words.length)] ?? "";
}

function digits(ids: Ids): string {
  return String(10_000 + ids.below(90_000));
}
