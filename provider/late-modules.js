// Pulumi's SDK loads these two, more than half of its loading time, for functions that are to be kept in the state. This program
// has none, so each waits until something of it is used.
const { Module } = require("node:module");

const sdk = require.resolve("@pulumi/pulumi");
for (const name of ["typescript", "@npmcli/arborist"]) {
  const file = resolved(name);
  if (file === undefined) continue;
  const late = Object.assign(new Module(file), { filename: file, loaded: true });
  const load = () => {
    if (require.cache[file] === late) delete require.cache[file];
    return require(file);
  };
  // `__esModule` keeps an import from copying the properties, which are not there yet.
  late.exports = new Proxy({}, { get: (_, property) => (property === "__esModule" ? true : load()[property]) });
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
