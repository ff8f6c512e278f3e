import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readContext } from "../../../components/image-build/context";
import { stageContext } from "../../../components/image-build/staging";

describe("stageContext", () => {
  const home = process.cwd();
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "staging-"));
    process.chdir(project);
    mkdirSync("app/pages", { recursive: true });
    writeFileSync("app/Dockerfile", "FROM scratch\n");
    writeFileSync("app/pages/board.html", "<canvas>");
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(project, { recursive: true });
  });

  const stage = (context = "./app", dockerfile = "Dockerfile") => stageContext(readContext({ context, dockerfile }));

  it("names the folder after its content", () => {
    const before = stage();
    expect(before).toMatch(/^\.local\/build\/[0-9a-f]{16}$/);
    expect(stage()).toBe(before);
    writeFileSync("app/pages/board.html", "<canvas id=board>");
    expect(stage()).not.toBe(before);
  });

  it.each([
    [".", "app/Dockerfile"],
    ["app/..", "./app/Dockerfile"],
  ])("returns the same folder on every run for a context %j that contains the project", (context, dockerfile) => {
    const first = stage(context, dockerfile);
    const files = readdirSync(first, { recursive: true, encoding: "utf8" }).sort();
    expect(files).toEqual(["app", "app/Dockerfile", "app/pages", "app/pages/board.html"]);
    expect([stage(context, dockerfile), stage(context, dockerfile)]).toEqual([first, first]);
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

  it("returns another folder when a file becomes executable", () => {
    const before = stage();
    chmodSync("app/pages/board.html", 0o755);
    expect(stage()).not.toBe(before);
  });

  it("replaces the text of the Dockerfile, which is part of the content", () => {
    const staged = stageContext(
      readContext({ context: "./app", dockerfile: "./Dockerfile" }),
      "FROM scratch AS other\n",
    );
    expect(staged).not.toBe(stage());
    expect(readFileSync(join(staged, "Dockerfile"), "utf8")).toBe("FROM scratch AS other\n");
  });

  it("stages a Dockerfile from outside with its ignore file", () => {
    writeFileSync("Dockerfile.web", "FROM web\n");
    writeFileSync("Dockerfile.web.dockerignore", "pages\n");
    const staged = stage("./app", "../Dockerfile.web");
    expect(readdirSync(staged)).toEqual(["Dockerfile", "Dockerfile.web", "Dockerfile.web.dockerignore"]);
    expect(readFileSync(join(staged, "Dockerfile.web"), "utf8")).toBe("FROM web\n");
  });

  it("keeps links as links and gives those to the outside an empty folder to point to", () => {
    mkdirSync("secrets");
    writeFileSync("secrets/key", "hunter2");
    symlinkSync("board.html", "app/pages/index.html");
    symlinkSync("../../secrets/key", "app/pages/key");
    const staged = stage();
    expect(staged).toMatch(/^\.local\/build\/[0-9a-f]{16}\/up$/);
    expect(readlinkSync(join(staged, "pages/index.html"))).toBe("board.html");
    expect(readlinkSync(join(staged, "pages/key"))).toBe("../../secrets/key");
    expect(readdirSync(join(staged, "pages/key"))).toEqual([]);
    expect(realpathSync(join(staged, "pages/key")).startsWith(realpathSync(dirname(staged)))).toBe(true);
  });

  it("rejects a broken link", () => {
    symlinkSync("../missing.html", "app/pages/index.html");
    const refusal =
      "the build context cannot be used: pages/index.html must not be a broken link, got ../missing.html; ";
    expect(stage).toThrow(refusal);
    expect(stage).toThrow(refusal);
  });

  it("removes what ended runs have staged and keeps what running ones use", () => {
    const running = spawn("sleep", ["60"]);
    const { pid: ended } = spawnSync("true");
    for (const name of ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", `cccccccccccccccc.${ended}`, `d.unfinished-${ended}`]) {
      mkdirSync(join(".local/build", name, "x"), { recursive: true });
    }
    writeFileSync(`.local/build/aaaaaaaaaaaaaaaa.used-by-${running.pid}`, "");
    writeFileSync(`.local/build/bbbbbbbbbbbbbbbb.used-by-${ended}`, "");
    const [, , own = ""] = stage().split("/");
    expect(readdirSync(".local/build")).toEqual(
      [own, `${own}.used-by-${process.pid}`, "aaaaaaaaaaaaaaaa", `aaaaaaaaaaaaaaaa.used-by-${running.pid}`].sort(),
    );
    running.kill();
    expect(existsSync(join(".local/build", own, "Dockerfile"))).toBe(true);
  });
});
