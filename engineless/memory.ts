import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Values that must be the same in the next run: random ones, and the app's id. */
export class Memory {
  private readonly values: Record<string, string>;

  constructor(private readonly path: string) {
    this.values = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  }

  get(key: string): string | undefined {
    return this.values[key];
  }

  /** The remembered value, else a new one that is remembered from now on. Readable by the owner alone. */
  keep(key: string, make: () => string): string {
    const value = this.values[key] ?? make();
    this.values[key] = value;
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, JSON.stringify(this.values, undefined, 2), { mode: 0o600 });
    return value;
  }

  forget(): void {
    rmSync(this.path, { force: true });
  }
}
