import dockerignore from "@balena/dockerignore";

/** What a `.dockerignore` leaves out of a build context. */
export class IgnoreRules {
  private readonly patterns = dockerignore();
  /** Patterns that take something back in, each as the folders it begins with until one has a wildcard. */
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

  /** Whether nothing in a folder can be taken, so that it need not even be readable. */
  ignoresAllIn(folder: string): boolean {
    const names = folder.split("/");
    return (
      this.ignores(folder) && !this.exceptions.some((start) => start.every((name, i) => (names[i] ?? name) === name))
    );
  }
}
