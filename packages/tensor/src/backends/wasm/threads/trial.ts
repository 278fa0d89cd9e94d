/** Calls after which the two ways are compared again. */
const PERIOD = 256
/** Calls that are timed at the start of a period, each way in turn. */
const TIMED = 8

/**
 * Decides whether a call that a recording repeats runs on all threads or on one: of 256 calls the first 8 are timed, 4 each way, and the others
 * go the quicker way. The time of single tiles would not tell: two threads of one core slow each other down, so that both do half of a job that
 * one would have finished sooner.
 */
export class Trial {
  #calls = 0
  readonly #least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]

  /** Makes the call one way or the other. */
  run(together: () => void, alone: () => void): void {
    const place = this.#calls++ % PERIOD
    const least = this.#least
    if (place >= TIMED) {
      if (least[0] < least[1]) together()
      else alone()
      return
    }
    if (place === 0) least.fill(Number.POSITIVE_INFINITY)
    const begun = performance.now()
    if (place % 2 === 0) together()
    else alone()
    least[place % 2] = Math.min(least[place % 2], performance.now() - begun)
  }
}
