// Starts a provider plugin that is written in TypeScript. The engine runs executables beside it, which spares it a language host.
const { fstatSync } = require("node:fs");
const { saveCompiled } = require("../loader/typescript.js");

/** @param {string} main absolute path of the TypeScript file that serves the plugin */
exports.launch = (main) => {
  // The engine holds the other end of standard input: when that closes, the engine is gone, even after a kill -9.
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.on("end", () => process.exit()).resume();
  require(main);
  saveCompiled();
};
