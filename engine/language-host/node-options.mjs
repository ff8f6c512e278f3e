/**
 * What `runtime.options` in Pulumi.yaml comes to for the program's process.
 * @param {Record<string, unknown>} options
 * @returns {{ nodeArguments: string[], environment: Record<string, string> }}
 */
export function nodeOptions(options) {
  const { typescript = true, tsconfig = "", nodeargs = "" } = options;
  if (typeof typescript !== "boolean") throw wrongType("typescript", "true or false", typescript);
  if (typeof tsconfig !== "string") throw wrongType("tsconfig", "a path", tsconfig);
  if (typeof nodeargs !== "string") throw wrongType("nodeargs", "text", nodeargs);
  return {
    nodeArguments: words(nodeargs),
    environment: {
      ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
      ...(tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
    },
  };
}

/** @param {string} name @param {string} wanted @param {unknown} value */
const wrongType = (name, wanted, value) =>
  new Error(`runtime.options.${name} must be ${wanted}, got ${JSON.stringify(value)}; change it in Pulumi.yaml`);

/**
 * Splits a command line as a shell does; a quoted part keeps its blanks.
 * @param {string} line
 */
function words(line) {
  const parts = line.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g) ?? [];
  const left = line.replace(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g, "").trim();
  if (left) throw new Error(`runtime.options.nodeargs has an open quote, got ${line}; close it in Pulumi.yaml`);
  return parts.map((part) =>
    part.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) =>
      double === undefined ? (single ?? escaped) : double.replace(/\\(["\\])/g, "$1"),
    ),
  );
}
