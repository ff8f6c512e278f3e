import { NotReady } from "./not-ready.mjs";

/**
 * A release of images, as the state keeps it.
 * @typedef {object} PastRelease
 * @property {number} version
 * @property {string} createdAt
 * @property {Record<string, string>} images reference by digest of each process type
 * @property {string} [revision] commit that the images were built from
 * @property {string[]} [migrations] migrations that they bring
 */

/**
 * The releases that a stack's state tells of, newest first: the first is the one that runs.
 * @param {string} exported what `pulumi stack export` printed
 * @param {string} stack
 * @returns {[PastRelease, ...PastRelease[]]}
 */
export function historyOf(exported, stack) {
  /** @type {{ type: string, outputs?: { history?: string[] } }[]} */
  const resources = JSON.parse(exported).deployment?.resources ?? [];
  const release = resources.find(({ type }) => type === "heroku-native:index:ContainerRelease");
  const [newest, ...earlier] = (release?.outputs?.history ?? []).map((entry) => JSON.parse(entry));
  if (newest) return [newest, ...earlier];
  throw new NotReady(`stack "${stack}" has released nothing yet; run: pulumi up --stack ${stack}`);
}

/**
 * The release that `vN`, or the digest of one of its images, stands for.
 * @param {PastRelease[]} history
 * @param {string} to
 */
export function releaseOf(history, to) {
  const found = history.find(({ version, images }) => {
    return to === `v${version}` || Object.values(images).some((image) => image === to || digestOf(image) === to);
  });
  if (found) return found;
  const known = history.map(({ version }) => `v${version}`).join(", ");
  throw new NotReady(`no release to roll back to, got "${to}"; there are ${known}, or write the images' digests`);
}

/** Digest of each process type. @param {PastRelease} release @returns {Record<string, string>} */
export const digestsOf = ({ images }) =>
  Object.fromEntries(Object.entries(images).map(([type, image]) => [type, digestOf(image)]));

/** @param {PastRelease} one @param {PastRelease} other */
export const isSame = (one, other) =>
  JSON.stringify(sorted(digestsOf(one))) === JSON.stringify(sorted(digestsOf(other)));

/**
 * A line per release: version, when, commit, images.
 * @param {PastRelease[]} history
 */
export function listing(history) {
  const rows = history.map((release, index) => [
    `v${release.version}`,
    release.createdAt.slice(0, 16).replace("T", " "),
    release.revision?.replace(/^([0-9a-f]{7})[0-9a-f]+/, "$1") ?? "-",
    Object.entries(sorted(digestsOf(release)))
      .map(([type, digest]) => `${type} ${digest}`)
      .join("  "),
    index === 0 ? "runs now" : "",
  ]);
  const all = [["release", "when (UTC)", "commit", "images", ""], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** @param {string} reference */
const digestOf = (reference) => reference.slice(reference.indexOf("@") + 1);

/** @param {Record<string, string>} record @returns {Record<string, string>} */
const sorted = (record) => Object.fromEntries(Object.entries(record).sort());
