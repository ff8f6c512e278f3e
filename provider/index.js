// Starts the plugin from its TypeScript sources.
const { saveCompiled } = require("./typescript.js");
require("./main.ts");
saveCompiled();
