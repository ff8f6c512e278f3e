/**
 * Reads what pg_restore prints and tells whether the restore was good. Its exit code does not: it is
 * 1 after any error, also when only the comment on an extension could not be restored, which no
 * ordinary user may, so PGBackups forgives exactly that.
 */
export class RestoreVerdict {
  private forgiven = 0;
  private errors = 0;

  read(line: string): void {
    if (/^Command was: COMMENT ON EXTENSION /.test(line)) this.forgiven += 1;
    const ignored = /errors ignored on restore: (\d+)/.exec(line)?.[1];
    if (ignored !== undefined) this.errors = Number(ignored);
  }

  isGood(exitCode: number): boolean {
    return exitCode === 0 || (exitCode === 1 && this.errors > 0 && this.errors === this.forgiven);
  }

  /** Errors that were forgiven. */
  get warnings(): number {
    return this.forgiven;
  }
}
