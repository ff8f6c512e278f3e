import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stageContext } from "../../../components/image-build/context";

describe("stageContext", () => {
  const home = process.cwd();
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "context-"));
    process.chdir(project);
    mkdirSync("app/pages", { recursive: true });
    writeFileSync("app/Dockerfile", "FROM scratch\n");
    writeFileSync("app/pages/board.html", "<canvas>");
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(project, { recursive: true });
  });

  const stage = () => stageContext({ context: "./app", dockerfile: "Dockerfile" });

  it("names the folder by its content", () => {
    const before = stage();
    expect(stage()).toBe(before);
    writeFileSync("app/pages/board.html", "<canvas id=board>");
    expect(stage()).not.toBe(before);
  });

  it("settles the modes of files and folders", () => {
    const before = stage();
    chmodSync("app/pages", 0o700);
    chmodSync("app/pages/board.html", 0o600);
    const after = stage();
    expect(after).toBe(before);
    expect(statSync(join(after, "pages")).mode & 0o777).toBe(0o755);
    expect(statSync(join(after, "pages/board.html")).mode & 0o777).toBe(0o644);
  });

  it("takes another text for the Dockerfile, which counts as content", () => {
    const staged = stageContext({ context: "./app", dockerfile: "Dockerfile" }, "FROM scratch AS other\n");
    expect(staged).not.toBe(stage());
    expect(readFileSync(join(staged, "Dockerfile"), "utf8")).toBe("FROM scratch AS other\n");
  });

  it("sees a file made executable", () => {
    const before = stage();
    chmodSync("app/pages/board.html", 0o755);
    expect(stage()).not.toBe(before);
  });

  it("leaves out what .dockerignore names, but never the Dockerfile", () => {
    writeFileSync("app/.dockerignore", "*.log\nDockerfile\n**/cache\n!keep.log\n");
    mkdirSync("app/pages/cache");
    for (const file of ["a.log", "keep.log", "pages/cache/x"]) writeFileSync(join("app", file), "x");
    const files = readdirSync(stage(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).sort()).toEqual([".dockerignore", "Dockerfile", "board.html", "keep.log"]);
  });

  it("keeps symbolic links as links", () => {
    symlinkSync("board.html", "app/pages/index.html");
    expect(
      readdirSync(join(stage(), "pages"), { withFileTypes: true }).map((e) => [e.name, e.isSymbolicLink()]),
    ).toEqual([
      ["board.html", false],
      ["index.html", true],
    ]);
  });
});
