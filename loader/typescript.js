// Lets `require` load TypeScript sources, without type checks. See README.md for what it gains and when it can go.
//
// Compiled code is cached by the content of its source: current sources always run, and a second start compiles nothing.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { basename, dirname, join } = require("node:path");

// From 22.1 on, Node also caches its own compilation of everything that is loaded from here on.
enableCompileCache?.();

// One cache per program that was started, named after the folder of its script.
const main = basename(dirname(process.argv[1] ?? "eval/-"));
const cacheFile = join(__dirname, "..", "node_modules", ".cache", "typescript", `${main}.json`);
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
  // Loaded here because most starts do not need it.
  return require("sucrase").transform(source, { filePath, transforms: ["typescript", "imports"] }).code;
}

function readCache() {
  try {
    return JSON.parse(readFileSync(cacheFile, "utf8"));
  } catch {
    return {};
  }
}

/** Saves what this start compiled. Where it cannot be saved, the next start compiles it again. */
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

// A plugin is killed in the end, so it saves before its exit.
exports.saveCompiled = saveCompiled;
process.on("exit", saveCompiled);
