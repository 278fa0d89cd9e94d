/** How much longer than what a job has lost a thread works alone: 5 % are lost at first. */
const REST = 20
/** Milliseconds: so long after another program has gone threads are used again. */
const LONGEST = 2000

/**
 * When threads are not worth using: after a job that took longer than its tiles would have on one thread, because another
 * program has displaced a thread in the middle of a tile (for 3 ms or more) or kept it from waking in time. Each time it happens
 * again the backOff is twice as long, until threads have worked together for longer than they rested.
 */
export class BackOff {
  #until = 0
  #length = 0

  get isOver(): boolean {
    return this.#until === 0 || performance.now() >= this.#until
  }

  /**
   * A job is done.
   *
   * @param begun when it began
   * @param alone milliseconds that it would have taken on one thread
   */
  after(begun: number, alone: number): void {
    const now = performance.now()
    const lost = now - begun - alone
    if (lost <= 0) return
    const isAgain = begun < this.#until + this.#length
    this.#length = Math.min(LONGEST, Math.max(REST * lost, isAgain ? 2 * this.#length : 0))
    this.#until = now + this.#length
  }
}
