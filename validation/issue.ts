/** One thing that is wrong: where, and why. The reason completes a sentence that begins with the path. */
export interface Issue {
  propertyPath: string;
  reason: string;
}

/** One line per issue, as a person reads it. */
export const describe = (issues: readonly Issue[]): string =>
  issues.map(({ propertyPath, reason }) => `  ${propertyPath} ${reason}`).join("\n");
