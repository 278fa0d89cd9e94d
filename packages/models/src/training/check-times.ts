import type { Key } from '@facet/tensor'

/** The second check comes about so many replays after the first. */
const SOON = 64

/**
 * Which replays of a recorded step are computed both ways: the first, and ever rarer ones at random, about 9 in ten thousand. So a
 * loss that changes by itself is noticed, whatever its period, for a thousandth of the time.
 */
export class CheckTimes {
  readonly #key: Key
  #replays = 0
  #checks = 0
  #next = 1

  constructor(key: Key) {
    this.#key = key
  }

  /** Whether the last check was the first one. */
  get isFirst(): boolean {
    return this.#checks === 1
  }

  /** Call it once a replay. */
  isDue(): boolean {
    if (++this.#replays < this.#next) return false
    this.#checks++
    // From 1.5 to 2.5 times as late as this one.
    const [random] = this.#key.child(this.#checks).uniformArray(1)
    this.#next = this.#replays + 1 + Math.floor(Math.max(SOON, this.#replays) * (0.5 + random))
    return true
  }
}
