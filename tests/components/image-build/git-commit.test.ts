import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitCommit, gitSource, publicUrl } from "../../../components/image-build/git-commit";
import { GitFolder } from "../../support/git-folder";

describe("gitCommit", () => {
  let repository: GitFolder;
  const isTaken = (path: string) => !path.endsWith(".md");
  const origin = (of = repository) => gitCommit(join(of.path, "app"), isTaken);

  beforeEach(() => {
    repository = GitFolder.create();
    repository.write({ "app/serve.py": "1", "app/README.md": "1", "index.ts": "1" });
  });

  afterEach(() => repository.remove());

  it("returns the last commit that changed included files, with its time in UTC", () => {
    const first = repository.commit("2026-03-01T10:00:00+02:00");
    expect(origin()).toEqual({ revision: first, created: "2026-03-01T08:00:00Z" });
    repository.write({ "index.ts": "2", "app/README.md": "2" });
    repository.commit("2026-03-02T10:00:00Z");
    expect(origin()).toEqual({ revision: first, created: "2026-03-01T08:00:00Z" });
    repository.git("rm", "--quiet", "app/serve.py");
    const removal = repository.commit("2026-03-03T10:00:00Z");
    expect(origin()).toEqual({ revision: removal, created: "2026-03-03T10:00:00Z" });
  });

  it("is dirty after changes to included files, even if git ignores them", () => {
    repository.write({ ".gitignore": "*.log\n" });
    const commit = repository.commit("2026-03-01T10:00:00Z");
    repository.write({ "app/README.md": "2", "index.ts": "2" });
    expect(origin()).toMatchObject({ revision: commit });
    repository.write({ "app/trace.log": "1" });
    expect(origin()).toMatchObject({ revision: `${commit}-dirty` });
    repository.git("clean", "--quiet", "--force", "-x");
    expect(origin()).toMatchObject({ revision: commit });
    repository.write({ "app/serve.py": "2" });
    expect(origin()).toMatchObject({ revision: `${commit}-dirty` });
  });

  it("returns a merge only if both sides changed included files", () => {
    repository.commit("2026-03-01T10:00:00Z");
    repository.git("switch", "--quiet", "--create", "side");
    repository.write({ "app/side.py": "1" });
    const side = repository.commit("2026-03-02T10:00:00Z");
    repository.git("switch", "--quiet", "main");
    repository.write({ "app/README.md": "2" });
    repository.commit("2026-03-03T10:00:00Z");
    repository.at("2026-03-04T10:00:00Z", "merge", "--quiet", "--no-edit", "side");
    expect(origin()).toMatchObject({ revision: side });

    repository.git("switch", "--quiet", "--create", "other", "side");
    repository.write({ "app/other.py": "1" });
    repository.commit("2026-03-05T10:00:00Z");
    repository.git("switch", "--quiet", "main");
    repository.write({ "app/serve.py": "2" });
    repository.commit("2026-03-06T10:00:00Z");
    repository.at("2026-03-07T10:00:00Z", "merge", "--quiet", "--no-edit", "other");
    expect(origin()).toEqual({ revision: repository.git("rev-parse", "HEAD"), created: "2026-03-07T10:00:00Z" });
  });

  it("is the same in another clone", () => {
    repository.commit("2026-03-01T10:00:00Z");
    const clone = repository.clone();
    expect(origin(clone)).toEqual(origin());
    clone.remove();
  });

  it("fails in a shallow clone unless its history reaches the commit", () => {
    repository.commit("2026-03-01T10:00:00Z");
    repository.write({ "index.ts": "2" });
    repository.commit("2026-03-02T10:00:00Z");
    const shallow = repository.clone("--depth", "1");
    expect(origin(shallow)).toEqual({
      reason: "the repository is a shallow clone; fetch all of its history (fetch-depth: 0)",
    });
    shallow.remove();
    repository.write({ "app/serve.py": "2" });
    const newest = repository.commit("2026-03-03T10:00:00Z");
    const deeper = repository.clone("--depth", "2");
    expect(origin(deeper)).toMatchObject({ revision: newest });
    deeper.remove();
  });

  it("fails outside git and for files that were never committed", () => {
    expect(origin()).toEqual({ reason: "no commit holds these files" });
    const folder = mkdtempSync(join(tmpdir(), "no-git-"));
    expect(gitCommit(folder, isTaken)).toEqual({
      reason: "not a git repository (or any of the parent directories): .git",
    });
    rmSync(folder, { recursive: true });
  });
});

describe("gitSource", () => {
  it("returns the remote's address, unless it is a folder", () => {
    const repository = GitFolder.create();
    expect(gitSource(repository.path)).toBeUndefined();
    repository.git("remote", "add", "origin", "git@git.example.com:us/app.git");
    expect(gitSource(repository.path)).toBe("https://git.example.com/us/app");
    repository.remove();
  });
});

describe("publicUrl", () => {
  it.each([
    ["https://ann:hunter2@git.example.com:8443/us/app.git?token=hunter2", "https://git.example.com:8443/us/app"],
    ["http://git.example.com/us/app/", "http://git.example.com/us/app"],
    ["ssh://git@git.example.com:2222/us/app.git", "https://git.example.com/us/app"],
    ["git.example.com:us/app", "https://git.example.com/us/app"],
    ["file:///srv/app.git", undefined],
    ["/srv/app.git", undefined],
    ["../app", undefined],
  ])("of %s is %s", (remote, url) => {
    expect(publicUrl(remote)).toBe(url);
  });
});
