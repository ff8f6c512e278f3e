import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readContext } from "../../../components/image-build/context";

describe("readContext", () => {
  const home = process.cwd();
  let project: string;

  beforeEach(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), "context-")));
    process.chdir(project);
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(project, { recursive: true });
  });

  const write = (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(name), { recursive: true });
      writeFileSync(name, text);
    }
  };
  const taken = (context: string, dockerfile = "Dockerfile") =>
    readContext({ context, dockerfile }).files.map(({ path }) => path);

  const repository = {
    Dockerfile: "FROM scratch\n",
    "src/serve.py": "",
    "infra/index.ts": "",
    "infra/Pulumi.yaml": "",
    "infra/Pulumi.dev.yaml": "",
    "infra/.local/build/0123456789abcdef/src/serve.py": "",
    "infra/node_modules/lib/index.js": "",
    "infra/state/.pulumi/stacks/dev.json": "",
    ".git/HEAD": "",
    "lib/node_modules/kept.js": "",
  };

  it.each([".", "./", "infra/..", "src/../."])(
    "includes the project's folder without its own files, written as %j",
    (context) => {
      write({ ...repository, "Pulumi.yaml": "", "Pulumi.local.yaml": "", ".local/x": "", "node_modules/x/y.js": "" });
      process.chdir(project);
      expect(taken(context)).toEqual([
        "Dockerfile",
        "infra/.local/build/0123456789abcdef/src/serve.py",
        "infra/Pulumi.dev.yaml",
        "infra/Pulumi.yaml",
        "infra/index.ts",
        "infra/node_modules/lib/index.js",
        "lib/node_modules/kept.js",
        "src/serve.py",
      ]);
    },
  );

  it.each(["..", "../", "/"])(
    "includes a folder around the project without the project's own files, written as %j",
    (written) => {
      write(repository);
      process.chdir("infra");
      const context = written === "/" ? project : written;
      expect(taken(context)).toEqual(["Dockerfile", "infra/index.ts", "lib/node_modules/kept.js", "src/serve.py"]);
    },
  );

  it("includes everything in a folder beside the project", () => {
    write({ "app/Dockerfile": "", "app/node_modules/x.js": "", "app/.local/x": "", "infra/Pulumi.yaml": "" });
    process.chdir("infra");
    expect(taken("../app")).toEqual([".local/x", "Dockerfile", "node_modules/x.js"]);
  });

  describe("in a folder app", () => {
    beforeEach(() => write({ "app/Dockerfile": "FROM app\n", "app/pages/board.html": "<canvas>" }));

    it.each(["Dockerfile", "./Dockerfile", "pages/../Dockerfile"])("finds the Dockerfile %j", (dockerfile) => {
      write({ "app/.dockerignore": "Dockerfile*\n" });
      const context = readContext({ context: "./app", dockerfile });
      expect(context.dockerfile).toEqual({
        source: join(project, "app/Dockerfile"),
        path: "Dockerfile",
        text: "FROM app\n",
      });
      expect(context.files.map(({ path }) => path)).toEqual([".dockerignore", "Dockerfile", "pages/board.html"]);
    });

    it("finds a Dockerfile in a subfolder, by an absolute path or through a link", () => {
      write({ "app/compose/Dockerfile": "FROM compose\n" });
      symlinkSync("compose/Dockerfile", "app/Dockerfile.web");
      for (const dockerfile of ["./compose/Dockerfile", join(project, "app/compose/Dockerfile")]) {
        const found = readContext({ context: "app", dockerfile }).dockerfile;
        expect(found).toMatchObject({ path: "compose/Dockerfile", text: "FROM compose\n" });
      }
      const { dockerfile, files } = readContext({ context: "app", dockerfile: "Dockerfile.web" });
      expect(dockerfile).toMatchObject({ path: "Dockerfile.web", text: "FROM compose\n" });
      expect(files.find(({ path }) => path === "Dockerfile.web")).not.toHaveProperty("link");
    });

    it("gives a Dockerfile from outside an unused path", () => {
      write({ Dockerfile: "FROM outside\n", "Dockerfile.web": "FROM web\n", "Dockerfile.web.dockerignore": "pages\n" });
      const one = readContext({ context: "app", dockerfile: "../Dockerfile" });
      expect(one.dockerfile).toMatchObject({ path: "outside-Dockerfile", text: "FROM outside\n" });
      expect(taken("app", "../Dockerfile")).toEqual(["Dockerfile", "outside-Dockerfile", "pages/board.html"]);
      expect(taken("app", "../Dockerfile.web")).toEqual([
        "Dockerfile",
        "Dockerfile.web",
        "Dockerfile.web.dockerignore",
      ]);
    });

    it("prefers the ignore file of the Dockerfile", () => {
      write({
        "app/Dockerfile.prod": "FROM prod\n",
        "app/Dockerfile.prod.dockerignore": ".env\nDockerfile*\n",
        "app/.dockerignore": "pages\n",
        "app/.env": "TOKEN=1",
      });
      expect(taken("app", "Dockerfile.prod")).toEqual([
        ".dockerignore",
        "Dockerfile.prod",
        "Dockerfile.prod.dockerignore",
        "pages/board.html",
      ]);
      expect(taken("app")).toContain(".env");
    });

    it("applies .dockerignore with its exceptions", () => {
      write({
        "app/.dockerignore":
          "*.log\r\nprivate\n**/cache\n!keep.log\n!private/here\n!/deep/er/file.txt\ndeep\n!deep/er/*.txt\n",
        "app/a.log": "",
        "app/keep.log": "",
        "app/pages/cache/x": "",
        "app/private/here/x": "",
        "app/private/there/x": "",
        "app/deep/er/file.txt": "",
      });
      expect(taken("app")).toEqual([
        ".dockerignore",
        "Dockerfile",
        "deep/er/file.txt",
        "keep.log",
        "pages/board.html",
        "private/here/x",
      ]);
    });

    it("keeps links as links, wherever they point", () => {
      write({ "secrets/key": "hunter2" });
      symlinkSync("../secrets", "app/secrets");
      symlinkSync("/etc/hosts", "app/hosts");
      const { files } = readContext({ context: "app", dockerfile: "Dockerfile" });
      expect(files.flatMap(({ path, link }) => (link === undefined ? [] : [[path, link]]))).toEqual([
        ["hosts", "/etc/hosts"],
        ["secrets", "../secrets"],
      ]);
    });

    it("does not read ignored folders, and reports one that is not readable", () => {
      write({ "app/data/x": "", "app/.dockerignore": "data\n!pages\n" });
      chmodSync("app/data", 0);
      asSomebody(() => expect(taken("app")).toEqual([".dockerignore", "Dockerfile", "pages/board.html"]));
      write({ "app/.dockerignore": "" });
      asSomebody(() =>
        expect(() => taken("app")).toThrow(
          "the build context cannot be used: data cannot be read, got EACCES; make it readable, or name it in .dockerignore",
        ),
      );
    });

    it("knows of any path whether the builder sees it", () => {
      write({ "app/.dockerignore": "*.log\n" });
      const { isTaken } = readContext({ context: "app", dockerfile: "Dockerfile" });
      expect(["Dockerfile", "later.html", "a.log", ".git/HEAD"].map(isTaken)).toEqual([true, true, false, false]);
    });
  });
});

/** Root may read everything. */
function asSomebody(work: () => void): void {
  const user = process.geteuid?.();
  chmodSync(".", 0o755);
  if (user === 0) process.seteuid?.(65_534);
  try {
    work();
  } finally {
    if (user === 0) process.seteuid?.(user);
  }
}
