/**
 * Tests that did not run, and why.
 * @typedef {{ what: string, count: number, reason: string }} Skip
 *
 * What came of a suite.
 * @typedef {{ passed: number, failed: number, skips: Skip[] }} Counts
 */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skips: [] };

/**
 * @param {Counts} one
 * @param {Counts} other
 * @returns {Counts}
 */
export const add = (one, other) => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skips: [...one.skips, ...other.skips],
});

/**
 * The last line of a test run.
 * @param {Counts} total
 */
export function closingLine({ passed, failed, skips }) {
  const skipped = skips.reduce((sum, { count }) => sum + count, 0);
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
