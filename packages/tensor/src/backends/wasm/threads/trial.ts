/** Calls from one comparison to the next. */
const PERIOD = 256
/** Calls that are timed at the start of a period, each way in turn. */
const TIMED = 8

/**
 * Whether one and the same call, made again and again by a recording, is quicker on all threads or on one: some calls of each kind are timed,
 * the quicker kind does the others. What a tile takes tells less: two threads of one core slow each other down, so that each takes its share of a job
 * that would have been done sooner by one. Of the calls at most 4 in 256 go the slower way.
 */
export class Trial {
  #calls = 0
  readonly #least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]

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
