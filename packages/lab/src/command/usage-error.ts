/** The user asked for something that cannot be done: reported without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
