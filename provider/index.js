// Pulumi's Node.js host starts this file where the executable beside it cannot run (Windows).
require("./launch.js").launch(require.resolve("./main.ts"));
