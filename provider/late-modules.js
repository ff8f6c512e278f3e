// Pulumi's SDK loads these with every program, two thirds of its loading time: for functions that are kept in the state, and for
// programs that run Pulumi. This one does neither, so each waits until something of it is used.
const { Module } = require("node:module");

const sdk = require.resolve("@pulumi/pulumi");
for (const name of ["typescript", "@npmcli/arborist", "@pulumi/pulumi/automation"]) {
  const file = resolved(name);
  if (file === undefined) continue;
  const late = Object.assign(new Module(file), { filename: file, loaded: true });
  const load = () => {
    if (require.cache[file] === late) delete require.cache[file];
    return require(file);
  };
  // `__esModule` keeps an import from copying the properties, which are not there yet.
  late.exports = new Proxy({}, { get: (_, property) => property === "__esModule" || load()[property] });
  require.cache[file] = late;
}

function resolved(name) {
  try {
    return require.resolve(name, { paths: [sdk] });
  } catch {
    // Where there is none, the SDK has a way of its own.
    return undefined;
  }
}
