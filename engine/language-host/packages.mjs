import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} Manifest a package.json
 * @property {string} [name]
 * @property {string} [version]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {{ resource?: boolean, name?: string, version?: string, server?: string }} [pulumi]
 */

/**
 * @param {string} folder
 * @returns {Manifest | undefined}
 */
export function manifestOf(folder) {
  const file = join(folder, "package.json");
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The packages that a program can load: those in its node_modules, and in theirs.
 * @param {string} folder
 * @param {Set<string>} [seen]
 * @returns {Manifest[]}
 */
export function installedPackages(folder, seen = new Set()) {
  const modules = join(folder, "node_modules");
  if (!existsSync(modules)) return [];
  const names = readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(modules, name)).map((one) => join(name, one)) : [name],
    );
  return names.flatMap((name) => {
    const one = realpathSync(join(modules, name));
    const manifest = manifestOf(one);
    if (seen.has(one) || manifest === undefined) return [];
    seen.add(one);
    return [manifest, ...installedPackages(one, seen)];
  });
}

/**
 * The provider plugins that the program's packages name.
 * @param {string} programDirectory
 * @returns {{ name: string, version: string, server: string }[]}
 */
export function requiredPlugins(programDirectory) {
  return installedPackages(programDirectory).flatMap(({ name: packageName = "", version: packageVersion, pulumi }) => {
    const name =
      pulumi?.name ?? (packageName.startsWith("@pulumi/") ? packageName.slice("@pulumi/".length) : undefined);
    const version = pulumi?.version ?? packageVersion;
    if (!pulumi?.resource || !name || !version) return [];
    return [{ name, version: version.replace(/^v?/, "v"), server: pulumi.server ?? "" }];
  });
}

/**
 * The packages that the program names as its own, or all that are installed.
 * @param {string} programDirectory
 * @param {boolean} isTransitive
 * @returns {{ name: string, version: string }[]}
 */
export function programDependencies(programDirectory, isTransitive) {
  const { dependencies, devDependencies } = manifestOf(programDirectory) ?? {};
  const direct = Object.keys({ ...dependencies, ...devDependencies }).map((name) =>
    manifestOf(join(programDirectory, "node_modules", name)),
  );
  const manifests = isTransitive ? installedPackages(programDirectory) : direct;
  return manifests.flatMap((manifest) =>
    manifest?.name && manifest.version ? [{ name: manifest.name, version: manifest.version }] : [],
  );
}
