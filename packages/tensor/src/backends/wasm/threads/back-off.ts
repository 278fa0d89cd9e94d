/** Threads are not used for 20 times as long as a job has lost by them: so at most 5 % of the time is lost at first. */
const FACTOR = 20
/** Milliseconds for which threads are not used at most, after which they are tried again. */
const LONGEST = 2000

/**
 * Says when threads are not worth using: for some time after a job that took longer than its tiles would have taken on one thread, because
 * another program displaced a thread in the middle of a tile (for 3 ms or more) or kept it from waking in time. That time is twice as long
 * whenever it happens again, until threads have worked together for longer than it.
 */
export class BackOff {
  #until = 0
  #length = 0

  /** Whether threads may be used now. */
  get isOver(): boolean {
    return this.#until === 0 || performance.now() >= this.#until
  }

  /**
   * Notes that a job has ended now.
   *
   * @param begun when it began, by `performance.now()`
   * @param alone milliseconds that it would have taken on one thread
   */
  after(begun: number, alone: number): void {
    const now = performance.now()
    const lost = now - begun - alone
    if (lost <= 0) return
    const isAgain = begun < this.#until + this.#length
    this.#length = Math.min(LONGEST, Math.max(FACTOR * lost, isAgain ? 2 * this.#length : 0))
    this.#until = now + this.#length
  }
}
