import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A git repository of a test. */
export class GitFolder {
  private constructor(readonly path: string) {}

  static create(): GitFolder {
    const folder = new GitFolder(mkdtempSync(join(tmpdir(), "git-")));
    folder.git("init", "--quiet", "--initial-branch", "main");
    return folder;
  }

  /** A clone in a folder of its own. */
  clone(...options: string[]): GitFolder {
    const path = mkdtempSync(join(tmpdir(), "git-clone-"));
    this.git("clone", "--quiet", ...options, `file://${this.path}`, path);
    return new GitFolder(path);
  }

  write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), text);
    }
  }

  /** Commits all there is, at a time in UTC; answers the commit. */
  commit(date: string): string {
    this.git("add", "--all");
    this.at(date, "commit", "--quiet", "--allow-empty", "--message", "change");
    return this.git("rev-parse", "HEAD");
  }

  git(...args: string[]): string {
    return this.at("2026-01-01T00:00:00Z", ...args);
  }

  /** Runs git as a person whose clock shows this time. */
  at(date: string, ...args: string[]): string {
    const who = { GIT_AUTHOR_NAME: "Ann", GIT_AUTHOR_EMAIL: "ann@example.com" };
    const env = {
      ...process.env,
      ...who,
      GIT_COMMITTER_NAME: who.GIT_AUTHOR_NAME,
      GIT_COMMITTER_EMAIL: who.GIT_AUTHOR_EMAIL,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    };
    return execFileSync("git", args, { cwd: this.path, env, encoding: "utf8", stdio: "pipe" }).trim();
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
