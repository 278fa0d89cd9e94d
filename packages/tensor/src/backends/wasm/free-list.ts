/**
 * Free ranges of a memory, sorted by address; neighbours are joined. They are searched one by one: there are fewer than large tensors alive,
 * tens in a training step.
 */
export class FreeList {
  readonly #starts: number[] = []
  readonly #lengths: number[] = []
  #bytes = 0

  /** Bytes of all ranges. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Takes `bytes` from the start of the shortest range of at least as many, and at most `longest`.
   *
   * @returns its address, −1 if there is none
   */
  take(bytes: number, longest: number): number {
    const lengths = this.#lengths
    let best = -1
    for (let i = 0; i < lengths.length; i++) {
      const length = lengths[i]
      if (length >= bytes && length <= longest && (best < 0 || length < lengths[best])) best = i
    }
    if (best < 0) return -1
    const start = this.#starts[best]
    this.#bytes -= bytes
    if (lengths[best] === bytes) this.#remove(best)
    else {
      this.#starts[best] += bytes
      lengths[best] -= bytes
    }
    return start
  }

  /** Takes the whole range that ends at an address. @returns its length, 0 if there is none */
  takeEndingAt(end: number): number {
    const last = this.#starts.length - 1
    if (last < 0 || this.#starts[last] + this.#lengths[last] !== end) return 0
    const length = this.#lengths[last]
    this.#bytes -= length
    this.#remove(last)
    return length
  }

  /** Adds a range, which must not overlap a free one. */
  give(start: number, bytes: number): void {
    this.#bytes += bytes
    const [starts, lengths] = [this.#starts, this.#lengths]
    const at = this.#placeOf(start)
    const joinsBefore = at > 0 && starts[at - 1] + lengths[at - 1] === start
    const joinsBehind = at < starts.length && start + bytes === starts[at]
    if (joinsBefore) {
      lengths[at - 1] += joinsBehind ? bytes + lengths[at] : bytes
      if (joinsBehind) this.#remove(at)
    } else if (joinsBehind) {
      starts[at] = start
      lengths[at] += bytes
    } else {
      starts.splice(at, 0, start)
      lengths.splice(at, 0, bytes)
    }
  }

  /** How many ranges begin before an address. */
  #placeOf(start: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#starts[middle] < start) low = middle + 1
      else high = middle
    }
    return low
  }

  #remove(at: number): void {
    this.#starts.splice(at, 1)
    this.#lengths.splice(at, 1)
  }
}
