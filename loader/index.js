// What Node loads before the program: see README.md.
require("./typescript.js");
require("./deferred-modules.js");
require("./stack-traces.js");
