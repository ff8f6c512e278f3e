// Starts the plugin from its TypeScript sources. Node 22.1 on keeps its own compilation of what is loaded here, too.
const { enableCompileCache } = require("node:module");
enableCompileCache?.();
const { saveCompiled } = require("./typescript.js");
require("./main.ts");
saveCompiled();
