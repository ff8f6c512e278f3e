// Pulumi's SDK creates an error per promise and resource for its stack trace, and source-maps it to TypeScript files that it does
// not ship. This maps only errors that have a message. See README.md.
const sdk = require.resolve("@pulumi/pulumi");
require(require.resolve("source-map-support/register", { paths: [sdk] }));

// The SDK's source maps omit its own folder from paths, and Node 20.20 loops when it colours a path of a scope only.
const ownFolder = /(\/node_modules\/@pulumi\/)(?=[\w-]+\.ts:)/g;

const mapped = Error.prepareStackTrace;
Error.prepareStackTrace = (error, frames) =>
  error.message === ""
    ? [error.name, ...frames].join("\n    at ")
    : mapped(error, frames).replaceAll(ownFolder, "$1pulumi/");
