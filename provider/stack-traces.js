// Pulumi's SDK takes a stack trace for each promise and each resource, and leads its lines back to TypeScript sources that it does
// not ship: a fifth of the program's time. Errors that say something are still led back, those made for their trace are not.
const sdk = require.resolve("@pulumi/pulumi");
require(require.resolve("source-map-support/register", { paths: [sdk] }));

const ledBack = Error.prepareStackTrace;
Error.prepareStackTrace = (error, frames) =>
  error.message === "" ? [error.name, ...frames].join("\n    at ") : ledBack(error, frames);
