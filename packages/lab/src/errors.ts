/** The user asked for something that cannot be done: reported without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Thrown when the signal ends the work early. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'

  constructor(message = 'interrupted') {
    super(message)
  }
}

/** The disk failed under way: no space, no right, or the folder has gone. Reported without a stack, exit code 1. */
export class DiskError extends Error {
  override readonly name = 'DiskError'
}
