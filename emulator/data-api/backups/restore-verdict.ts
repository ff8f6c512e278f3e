/**
 * Decides from pg_restore's output whether a restore succeeded. Its exit code is not enough: it is 1 after any error,
 * even if only the comment on an extension could not be restored. Ordinary users may not restore those, so PGBackups
 * ignores exactly that error.
 */
export class RestoreVerdict {
  private ignored = 0;
  private errors = 0;

  read(line: string): void {
    if (/^Command was: COMMENT ON EXTENSION /.test(line)) this.ignored += 1;
    const total = /errors ignored on restore: (\d+)/.exec(line)?.[1];
    if (total !== undefined) this.errors = Number(total);
  }

  succeeded(exitCode: number): boolean {
    return exitCode === 0 || (exitCode === 1 && this.errors > 0 && this.errors === this.ignored);
  }

  /** How many errors were ignored. */
  get warnings(): number {
    return this.ignored;
  }
}
