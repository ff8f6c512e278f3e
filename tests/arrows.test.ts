import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { preProcessFile } from "typescript";

const root = join(__dirname, "..");

/** Which parts each part may import from; "program" is index.ts, at the top. Tests see all. */
const arrows: Record<string, string[]> = {
  program: ["config", "components"],
  config: ["config", "components", "validation"],
  components: ["components", "sdks", "validation", "images"],
  validation: ["validation"],
  images: ["images"],
  sdks: ["sdks"],
  loader: ["loader"],
  "stand-ins": ["stand-ins", "provider"],
  provider: ["provider", "loader", "validation", "images"],
  emulator: ["emulator"],
  init: ["init", "images", "validation"],
  engine: ["engine"],
  // The benches of tests/ are run by a script each, and one script writes what is generated.
  scripts: ["scripts", "tests", "init", "config", "provider"],
};

/** What the rooms of Local Heroku share; "top" is what lies at the top of emulator/ beside main.ts. */
const shared = ["top", "http", "store", "catalog", "docker"];

/** Which rooms of Local Heroku each room may import from besides itself. Its services know nothing of each other. */
const rooms: Record<string, string[]> = {
  main: ["top", "server"],
  top: ["store"],
  catalog: ["top"],
  store: [],
  http: ["top", "store"],
  docker: [],
  "platform-api": shared,
  "data-api": shared,
  dynos: shared,
  router: shared,
  registry: shared,
  logplex: shared,
  "control-api": [...shared, "platform-api"],
  server: [...shared, "platform-api", "data-api", "dynos", "router", "registry", "logplex", "control-api"],
};

function filesOf(part: string, endings: RegExp): string[] {
  const files =
    part === "program" ? readdirSync(root) : readdirSync(join(root, part), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => endings.test(file) && !/(^|\/)(node_modules|\.[^/]*|__pycache__)\//.test(file))
    .map((file) => (part === "program" ? file : join(part, file)));
}

/** Files of the project that a text in `folder` imports, whatever the form; `sources("…")` loads a file for scripts. */
function importedFiles(text: string, folder: string): string[] {
  const imports = preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const loaded = [...text.matchAll(/\bsources\(\s*["'`]([^"'`]+)/g)].map(([, path = ""]) => path);
  return [
    ...imports.filter((name) => /^@(pulumiverse|skechwime)\//.test(name)).map(() => "sdks"),
    ...imports.filter((name) => name.startsWith(".")).map((name) => fileAt(join(folder, name))),
    ...loaded.map((path) => fileAt(path.startsWith(".") ? join(folder, path) : path)),
  ];
}

function fileAt(path: string): string {
  const isFile = (candidate: string) => existsSync(join(root, candidate)) && statSync(join(root, candidate)).isFile();
  return [path, `${path}.ts`, `${path}.mjs`, `${path}.js`, join(path, "index.ts")].find(isFile) ?? path;
}

function importsOf(file: string): string[] {
  return importedFiles(readFileSync(join(root, file), "utf8"), dirname(file));
}

function partOf(file: string): string {
  const [part = "", ...rest] = file.split("/");
  return rest.length === 0 && !(part in arrows) ? "program" : part;
}

function roomOf(file: string): string {
  const [, room = "", ...rest] = file.split("/");
  if (room === "main.ts") return "main";
  return rest.length === 0 ? "top" : room;
}

describe("Arrows between the parts", () => {
  it.each(Object.entries(arrows))("%s imports from nothing but %j", (part, allowed) => {
    const files = filesOf(part, /\.(ts|mjs|js)$/);
    const strays = files.flatMap((file) =>
      importsOf(file)
        .map(partOf)
        .filter((target) => !allowed.includes(target))
        .map((target) => `${file} -> ${target}`),
    );

    expect(files).not.toEqual([]);
    expect(strays).toEqual([]);
  });

  it.each([
    ['import { a } from "./clock";', "emulator/clock.ts"],
    ['import type { A } from "./clock";', "emulator/clock.ts"],
    ['import "./clock";', "emulator/clock.ts"],
    ['export * from "./clock";', "emulator/clock.ts"],
    ["export { a } from './clock';", "emulator/clock.ts"],
    ['const a = await import("./clock");', "emulator/clock.ts"],
    ['const a: import("./clock").Clock = b;', "emulator/clock.ts"],
    ['const a = require("./clock");', "emulator/clock.ts"],
    ['const a = await sources("tests/arrows.test.ts");', "tests/arrows.test.ts"],
    ['import { Postgres } from "@pulumiverse/heroku";', "sdks"],
  ])("finds the arrow in %s", (text, file) => {
    expect(importedFiles(text, "emulator")).toEqual([file]);
  });

  it("finds no arrow in a package, a comment or a string", () => {
    const text = `import a from "node:fs";\n// import b from "./clock";\nconst c = 'require("./clock")';`;

    expect(importedFiles(text, "emulator")).toEqual([]);
  });

  it("app knows nothing of how it gets to Heroku", () => {
    const files = filesOf("app", /./).filter((file) => /\.(py|toml|txt|html|js|css|sh|md)$|Dockerfile$/.test(file));

    expect(files).not.toEqual([]);
    expect(
      files.filter((file) => /pulumi|heroku-native|\bemulator\b/i.test(readFileSync(join(root, file), "utf8"))),
    ).toEqual([]);
  });
});

describe("Arrows between the rooms of Local Heroku", () => {
  const files = filesOf("emulator", /\.(ts|mjs|js)$/);

  it("lead from each room", () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(rooms).sort());
  });

  it.each(Object.entries(rooms))("%s imports from nothing but itself and %j", (room, allowed) => {
    const strays = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(({ target }) => roomOf(target) !== room && !allowed.includes(roomOf(target)));

    expect(strays.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
  });
});
