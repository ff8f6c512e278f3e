// Lets `require` take TypeScript sources, without type checks. Every preview waits for the program and the plugin to start, so
// what was compiled is kept by the content of its source: current sources always run, and a second start compiles nothing.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { basename, dirname, join } = require("node:path");

// Node 22.1 on keeps its own compilation of all that is loaded from here on, too.
enableCompileCache?.();

// Program and plugin each keep what they use, under the folder of the script that was started.
const main = basename(dirname(process.argv[1] ?? "eval/-"));
const cacheFile = join(__dirname, "..", "node_modules", ".cache", "heroku-native", `${main}.json`);
const known = readCache();
const used = {};
let misses = 0;

require.extensions[".ts"] = (module, file) => {
  const source = readFileSync(file, "utf8");
  const key = createHash("sha256").update(source).digest("base64");
  used[key] = known[key] ?? compile(source, file);
  module._compile(used[key], file);
};

function compile(source, filePath) {
  misses += 1;
  // Loaded here because most starts have no use for it.
  return require("sucrase").transform(source, { filePath, transforms: ["typescript", "imports"] }).code;
}

function readCache() {
  try {
    return JSON.parse(readFileSync(cacheFile, "utf8"));
  } catch {
    return {};
  }
}

/** Keeps what this start compiled. Without a place to keep it, the next start compiles it again. */
function saveCompiled() {
  if (misses === 0) return;
  misses = 0;
  try {
    mkdirSync(dirname(cacheFile), { recursive: true });
    const written = `${cacheFile}.${process.pid}`;
    writeFileSync(written, JSON.stringify(used));
    renameSync(written, cacheFile);
  } catch {}
}

// The plugin is killed in the end, so it does not wait for its exit.
exports.saveCompiled = saveCompiled;
process.on("exit", saveCompiled);
