/**
 * The part of `pulumi preview --json` that is read here.
 * @typedef {object} Step
 * @property {string} op
 * @property {string} urn
 * @property {string[]} [diffReasons] properties that change
 * @property {string[]} [replaceReasons] those of them that replace the resource
 * @property {{ custom?: boolean }} [newState]
 * @property {{ custom?: boolean }} [oldState]
 *
 * @typedef {object} Preview
 * @property {Step[]} [steps]
 * @property {{ message: string, severity: string }[]} [diagnostics]
 *
 * Where the preview ran.
 * @typedef {{ stack: string, commit: string, runUrl: string }} Origin
 */

const rowLimit = 40;
const errorLimit = 3_000;

/** Operations in the order that a reader wants them, with the words for one and for the whole. */
const operations = [
  { op: "delete", word: "delete" },
  { op: "replace", word: "replace" },
  { op: "update", word: "change" },
  { op: "create", word: "create" },
  { op: "import", word: "import" },
];

/** What cannot be made again by another run: an app with its address, an add-on with its data. */
const irreplaceable = new Set(["heroku:app/app:App", "heroku:addon/addon:Addon"]);

/** Stands in a stack's comment, unseen, so that the next preview finds it. @param {string} stack */
export const marker = (stack) => `<!-- preview of ${stack} -->`;

/**
 * Markdown that says what a preview found: the verdict, what is at risk, one line for each resource that changes.
 * Values are left out, names of properties are not secret.
 * @param {string} json what `pulumi preview --json` wrote, whole or not
 * @param {Origin} origin
 * @returns {string}
 */
export function previewComment(json, { stack, commit, runUrl }) {
  const preview = parse(json);
  const errors = preview
    ? (preview.diagnostics ?? []).filter(({ severity }) => severity === "error").map(({ message }) => message)
    : ["pulumi preview ended without a result, its log says why"];
  const body = errors.length > 0 ? failure(stack, errors) : outcome(stack, changesOf(preview?.steps ?? []));
  return [marker(stack), ...body, "", `<sub>${commit.slice(0, 7)} · [log](${runUrl})</sub>`, ""].join("\n");
}

/** @param {string} json @returns {Preview | undefined} */
function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** @param {string} stack @param {string[]} errors */
function failure(stack, errors) {
  const text = errors.map((message) => message.replace(/^error:\s*/, "").trim()).join("\n");
  const shown = text.length > errorLimit ? `${text.slice(0, errorLimit)}\n…` : text;
  return [`### ${stack}: the preview failed`, "", ...shown.split("\n").map((line) => `    ${line}`)];
}

/**
 * Steps that change something, without components: their children tell the story.
 * @param {Step[]} steps
 */
function changesOf(steps) {
  return operations.flatMap(({ op, word }) =>
    steps
      .filter((step) => step.op === op && (step.newState ?? step.oldState)?.custom !== false)
      .map((step) => ({ ...step, word, ...identity(step.urn) })),
  );
}

/** @param {string} stack @param {ReturnType<typeof changesOf>} changes */
function outcome(stack, changes) {
  if (changes.length === 0) return [`### ${stack}: nothing to do`];
  const counts = operations
    .map(({ op, word }) => ({ word, count: changes.filter((change) => change.op === op).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} to ${word}`);
  const lost = changes.filter(({ op, type }) => (op === "delete" || op === "replace") && irreplaceable.has(type));
  const rows = changes.slice(0, rowLimit).map(({ word, kind, name, diffReasons = [], replaceReasons = [] }) => {
    const properties = diffReasons.map((one) => (replaceReasons.includes(one) ? `**${one}**` : one));
    return `| ${word} | ${kind} \`${name}\` | ${properties.join(", ")} |`;
  });
  const more = changes.length - rows.length;
  return [
    `### ${stack}: ${counts.join(", ")}`,
    "",
    ...lost.flatMap(({ op, kind, name }) => [`**Loses data:** the ${kind} \`${name}\` is ${op}d.`, ""]),
    "| | resource | properties (bold: these replace it) |",
    "|---|---|---|",
    ...rows,
    ...(more > 0 ? ["", `and ${more} more`] : []),
  ];
}

/** @param {string} urn `urn:pulumi:<stack>::<project>::<types of the parents>$<type>::<name>` */
function identity(urn) {
  const [, , types = "", ...name] = urn.split("::");
  const type = types.split("$").at(-1) ?? "";
  const provider = /^pulumi:providers:(.+)$/.exec(type)?.[1];
  return { type, kind: provider ? `provider ${provider}` : (type.split(":").at(-1) ?? type), name: name.join("::") };
}
