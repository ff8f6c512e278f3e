/** A mistake in what the user asked for. Its message is printed without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
