import type { Key } from '@facet/tensor'

/**
 * Which samples each step sees: a new order every epoch, drawn from `key.child('shuffle', epoch)`, cut into
 * batches. A pure function of the position, so that a resumed run needs no generator state.
 */
export class Batches {
  /** Batches in an epoch; the last one is smaller where the size does not divide the set, or is dropped. */
  readonly perEpoch: number
  readonly #count: number
  readonly #size: number
  readonly #key: Key
  #epoch = -1
  #order: Int32Array = new Int32Array(0)

  /** `count` samples in batches of `size`. */
  constructor(count: number, size: number, dropLast: boolean, key: Key) {
    this.perEpoch = dropLast ? Math.floor(count / size) : Math.ceil(count / size)
    this.#count = count
    this.#size = size
    this.#key = key
  }

  /** Rows of the training set; both arguments count from 0. */
  indices(epoch: number, batch: number): Int32Array {
    if (epoch !== this.#epoch) {
      this.#order = this.#key.child('shuffle', epoch).permutation(this.#count)
      this.#epoch = epoch
    }
    return this.#order.slice(batch * this.#size, (batch + 1) * this.#size)
  }
}
