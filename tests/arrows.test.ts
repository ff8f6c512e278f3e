import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

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
  engine: ["engine"],
  scripts: ["scripts"],
};

function filesOf(part: string, endings: RegExp): string[] {
  const files =
    part === "program" ? readdirSync(root) : readdirSync(join(root, part), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => endings.test(file) && !/(^|\/)(node_modules|\.[^/]*|__pycache__)\//.test(file))
    .map((file) => (part === "program" ? file : join(part, file)));
}

/** Parts that a file imports from; packages of others are none. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*"([^"]+)"/g)].flatMap(([, name = ""]) => {
    if (/^@(pulumiverse|skechwime)\//.test(name)) {
      return ["sdks"];
    }
    const [part, ...rest] = name.startsWith(".") ? normalize(join(dirname(file), name)).split("/") : [];
    return part === undefined ? [] : [rest.length === 0 && !(part in arrows) ? "program" : part];
  });
}

describe("Arrows between the parts", () => {
  it.each(Object.entries(arrows))("%s imports from nothing but %j", (part, allowed) => {
    const files = filesOf(part, /\.(ts|mjs|js)$/);
    const strays = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => !allowed.includes(target))
        .map((target) => `${file} -> ${target}`),
    );

    expect(files).not.toEqual([]);
    expect(strays).toEqual([]);
  });

  it("finds an arrow however it is written", () => {
    expect(importsOf("tests/arrows.test.ts")).toEqual([]);
    expect(importsOf("tests/sdks/heroku.test.ts")).toEqual(["sdks", "tests", "tests"]);
    expect(importsOf("tests/config.test.ts")).toContain("program");
  });

  it("app knows nothing of how it gets to Heroku", () => {
    const files = filesOf("app", /./).filter((file) => /\.(py|toml|txt|html|js|css|sh|md)$|Dockerfile$/.test(file));

    expect(files).not.toEqual([]);
    expect(
      files.filter((file) => /pulumi|heroku-native|\bemulator\b/i.test(readFileSync(join(root, file), "utf8"))),
    ).toEqual([]);
  });
});
