// Defers modules that Pulumi's SDK loads with every program but that this program does not use. See README.md.
//
// They serve functions that are serialised into the state, and programs that run Pulumi themselves.
const { Module } = require("node:module");

const sdk = require.resolve("@pulumi/pulumi");
for (const name of ["typescript", "@npmcli/arborist", "@pulumi/pulumi/automation"]) {
  const file = resolved(name);
  if (file === undefined) continue;
  const deferred = Object.assign(new Module(file), { filename: file, loaded: true });
  const load = () => {
    if (require.cache[file] === deferred) delete require.cache[file];
    return require(file);
  };
  // Without `__esModule` an import would copy the properties, and so load the module.
  deferred.exports = new Proxy({}, { get: (_, property) => property === "__esModule" || load()[property] });
  require.cache[file] = deferred;
}

function resolved(name) {
  try {
    return require.resolve(name, { paths: [sdk] });
  } catch {
    // An SDK without this module does not need it deferred.
    return undefined;
  }
}
