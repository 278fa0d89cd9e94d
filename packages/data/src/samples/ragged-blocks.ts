import type { Numbers, NumbersType } from './blocks.ts'
import { Blocks } from './blocks.ts'

/** Values of a block. */
const BLOCK = 8192

/**
 * Rows of several widths whose number nobody knows yet, one after the other. A row that takes the slot of another leaves that one's values behind; of
 * n rows a random choice of k replaces k ln(n / k).
 */
export class RaggedBlocks<A extends Numbers> {
  readonly #type: NumbersType<A>
  #blocks: A[] = []
  #end = 0
  /** Of each slot where its row begins, and how many values it has. */
  readonly #places = new Blocks(Float64Array, 2)
  #longest = 0

  constructor(type: NumbersType<A>) {
    this.#type = type
  }

  /** Values of the longest row. */
  get width(): number {
    return this.#longest
  }

  /** Slots are filled one after the other; a filled one may be written again. */
  set(slot: number, values: ArrayLike<number>): void {
    this.#places.set(slot, [this.#end, values.length])
    this.#longest = Math.max(this.#longest, values.length)
    for (let i = 0; i < values.length; i++, this.#end++) {
      const at = this.#end % BLOCK
      if (at === 0) this.#blocks.push(new this.#type(BLOCK))
      this.#blocks[this.#blocks.length - 1][at] = values[i]
    }
  }

  /** The rows of the slots, in their order (the first `count` slots where there is no list), shorter ones ending in NaN. Empties the blocks. */
  take<B extends Numbers>(type: NumbersType<B>, count: number, slots: Int32Array | null): B {
    const width = this.#longest
    const into = new type(count * width)
    const blocks = this.#blocks
    this.#blocks = []
    const filled = slots === null ? count : slots.reduce((most, slot) => Math.max(most, slot + 1), 0)
    const places = this.#places.take(Float64Array, filled, null)
    for (let row = 0; row < count; row++) {
      const slot = slots === null ? row : slots[row]
      const [from, length] = places.subarray(2 * slot, 2 * slot + 2)
      const at = row * width
      for (let i = 0; i < length; i++)
        into[at + i] = blocks[Math.floor((from + i) / BLOCK)][(from + i) % BLOCK]
      into.fill(Number.NaN, at + length, at + width)
    }
    return into
  }
}
