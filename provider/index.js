// Starts the plugin from its TypeScript sources as they are now. What comes first is for a quick start, since every
// preview waits for it: the sources are compiled without type checks, and
// Node 22.1 on keeps what it has compiled.
const { enableCompileCache } = require("node:module");
enableCompileCache?.();
require("@grpc/grpc-js");
require("@pulumi/pulumi/proto/provider_grpc_pb");
require("@pulumi/pulumi/proto/engine_grpc_pb");
require("sucrase/register/ts");
require("./main.ts");
