import type { Check } from "./checks";

/** What the checks found, by process type. */
export class Issues {
  private readonly found: { processType: string; issue: string; check: string }[] = [];

  constructor(private readonly skip: readonly string[]) {}

  add(processType: string, issue: string, check = ""): void {
    this.found.push({ processType, issue, check });
  }

  /** Runs a check unless it is turned off. */
  check(check: string, processType: string, issueOf: () => string | undefined): void {
    const issue = this.skip.includes(check) ? undefined : issueOf();
    if (issue !== undefined) this.add(processType, issue, check);
  }

  /** The same for one that takes time. */
  async run(
    check: Check,
    processType: string,
    progress: (message: string) => void,
    message: string,
    issueOf: () => Promise<string | undefined>,
  ): Promise<void> {
    if (this.skip.includes(check)) return;
    progress(message);
    const issue = await issueOf();
    if (issue !== undefined) this.add(processType, issue, check);
  }

  of(check: Check): number {
    return this.found.filter((one) => one.check === check).length;
  }

  throwIfAny(): void {
    if (this.found.length === 0) return;
    const checks = [...new Set(this.found.map(({ check }) => check))].filter((check) => check !== "");
    const lines = this.found.map(({ processType, issue }) => `- ${processType}: ${issue}`);
    const off = checks.length === 0 ? [] : [`to release all the same: preflight.skip: [${checks.join(", ")}]`];
    throw new Error(["the app is not ready for Heroku:", ...lines, ...off].join("\n"));
  }
}
