import { ProjectFiles } from "../../init/project-files";
import { databaseParts, readSettingsVariables } from "../../init/read-settings";
import { ProjectFolder } from "./support/project-folder";

function read<T>(source: string, use: (files: ProjectFiles, paths: string[]) => T): T {
  const folder = new ProjectFolder({ "settings.py": source });
  try {
    return use(ProjectFiles.of(folder.path), ["settings.py"]);
  } finally {
    folder.remove();
  }
}

const variables = (source: string) =>
  Object.fromEntries(read(source, readSettingsVariables).map((one) => [one.name, one.isRequired]));

describe("readSettingsVariables", () => {
  it("tells what settings demand from what has a default or may be missing", () => {
    const found = variables(`
A = os.environ["A_VAR"]
B = os.environ.get("B_VAR")
C = env("C_VAR")
D = env.bool("D_VAR", False)
E = config("E_VAR", default="x", cast=int)
F = config("F_VAR")
G = {
    "inside": env(
        "G_VAR"
    ),
}
if os.getenv("H_VAR"):
    I = os.environ["I_VAR"]
if "J_VAR" in os.environ:
    K = os.environ["J_VAR"]
L = some_env_helper("L_VAR")
`);
    expect(found).toEqual({
      A_VAR: true,
      B_VAR: false,
      C_VAR: true,
      D_VAR: false,
      E_VAR: false,
      F_VAR: true,
      G_VAR: true,
      H_VAR: false,
      I_VAR: false,
      J_VAR: false,
      L_VAR: false,
    });
  });

  it("takes defaults that environ.Env declares, and nothing of comments or docstrings", () => {
    expect(
      variables(`"""os.environ["DOC"]"""\nenv = environ.Env(DEBUG=(bool, True))\n# env("NO")\nDEBUG = env("DEBUG")\n`),
    ).toEqual({
      DEBUG: false,
    });
  });
});

describe("databaseParts", () => {
  const source =
    'DATABASES = {"default": {"NAME": env("DB_NAME"), "HOST": os.getenv("DB_HOST", "db"), "PORT": "5432"}}\n';

  it("finds the variables of each part", () => {
    expect(read(source, databaseParts)).toEqual(
      new Map([
        ["NAME", "DB_NAME"],
        ["HOST", "DB_HOST"],
      ]),
    );
  });

  it("finds none where the settings take the whole address", () => {
    expect(read(`${source}if url := os.getenv("DATABASE_URL"): pass\n`, databaseParts)).toEqual(new Map());
  });
});
