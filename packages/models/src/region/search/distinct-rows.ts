/**
 * Rows of words, each once, in the order in which they first came. A table by hash finds them; what it finds is compared word by word, so
 * that rows of one hash are told apart.
 */
export class DistinctRows {
  /** Words of a row. */
  readonly width: number
  /** [count, width] */
  readonly words: Uint32Array
  /** Where each row first came. */
  readonly firsts: Int32Array
  /** Row numbers from 1, by hash; 0 is free. At most half are taken. */
  readonly #slots: Int32Array

  /** @param words [count, width] */
  constructor(words: Uint32Array, count: number, width: number) {
    this.width = width
    this.words = new Uint32Array(words.length)
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(1, count)) + 1))
    const firsts = new Int32Array(count)
    let distinct = 0
    for (let n = 0; n < count; n++) {
      const slot = this.#slotOf(words, n * width)
      if (this.#slots[slot] > 0) continue
      for (let w = 0; w < width; w++) this.words[distinct * width + w] = words[n * width + w]
      firsts[distinct] = n
      this.#slots[slot] = ++distinct
    }
    this.firsts = firsts.slice(0, distinct)
    this.words = this.words.slice(0, distinct * width)
  }

  get count(): number {
    return this.firsts.length
  }

  /** The number of the row that begins at `words[at]`; −1 where there is none. */
  find(words: Uint32Array, at: number): number {
    return this.#slots[this.#slotOf(words, at)] - 1
  }

  /** Where the row stands, or would. */
  #slotOf(words: Uint32Array, at: number): number {
    const last = this.#slots.length - 1
    let slot = hash(words, at, this.width) & last
    while (this.#slots[slot] > 0 && !this.#isRow(this.#slots[slot] - 1, words, at)) slot = (slot + 1) & last
    return slot
  }

  #isRow(row: number, words: Uint32Array, at: number): boolean {
    const { width } = this
    for (let w = 0, own = row * width; w < width; w++) if (this.words[own + w] !== words[at + w]) return false
    return true
  }
}

/** By multiplication and shifts, as MurmurHash ends. */
function hash(words: Uint32Array, at: number, width: number): number {
  let h = 0
  for (let w = 0; w < width; w++) {
    h = Math.imul(h ^ words[at + w], 0x85ebca6b)
    h ^= h >>> 13
  }
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
