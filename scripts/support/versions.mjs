/**
 * Whether a version is the least one that will do, or later, number by number.
 * @param {string} version
 * @param {string} least
 */
export function isAtLeast(version, least) {
  const [numbers, wanted] = [version, least].map((text) => text.split(".").map(Number));
  for (const [i, number] of (wanted ?? []).entries()) {
    const difference = (numbers?.[i] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
