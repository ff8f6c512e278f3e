import dockerignore from "@balena/dockerignore";

/** What a `.dockerignore` excludes from a build context. */
export class IgnoreRules {
  private readonly patterns = dockerignore();
  /** Patterns that include something again, each as its leading folders up to the first wildcard. */
  private readonly exceptions: string[][];

  constructor(text = "") {
    this.patterns.add(text);
    this.exceptions = [...text.matchAll(/^\s*!\s*(?:\.?\/)*(.+?)\s*$/gm)].map(([, pattern = ""]) => {
      const folders = pattern.split("/");
      const wild = folders.findIndex((folder) => /[*?[\\]/.test(folder));
      return wild < 0 ? folders : folders.slice(0, wild);
    });
  }

  ignores(path: string): boolean {
    return this.patterns.ignores(path);
  }

  /** Whether everything in a folder is excluded, so that it does not even have to be readable. */
  ignoresAllIn(folder: string): boolean {
    const names = folder.split("/");
    return (
      this.ignores(folder) && !this.exceptions.some((start) => start.every((name, i) => (names[i] ?? name) === name))
    );
  }
}
