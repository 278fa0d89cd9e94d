/** What rows are kept in. */
export type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array

/** `Float32Array` and the like. */
export interface NumbersType<A extends Numbers> {
  readonly BYTES_PER_ELEMENT: number
  new (length: number): A
}

/** A block holds at least one row; otherwise as many as fit into this. */
const BLOCK_BYTES = 65536

/**
 * Rows of one width whose number nobody knows yet. Memory grows by blocks and nothing is copied on the way: what is
 * allocated exceeds what is held by less than a block, where doubling an array would take up to three times as much.
 */
export class Blocks<A extends Numbers> {
  readonly #type: NumbersType<A>
  /** Numbers of a row. */
  readonly width: number
  readonly #perBlock: number
  #blocks: A[] = []
  #filled = 0

  constructor(type: NumbersType<A>, width: number) {
    this.#type = type
    this.width = width
    this.#perBlock = Math.max(1, Math.floor(BLOCK_BYTES / (width * type.BYTES_PER_ELEMENT)))
  }

  /** Slots are filled one after the other; a filled one may be written again. */
  set(slot: number, values: ArrayLike<number>): void {
    this.blockOf(slot).set(values, this.offsetOf(slot))
  }

  /** Where a slot is written: the block and the place of its first number there. Slots are filled one after the other. */
  blockOf(slot: number): A {
    const block = Math.floor(slot / this.#perBlock)
    if (block === this.#blocks.length) this.#blocks.push(new this.#type(this.#perBlock * this.width))
    this.#filled = Math.max(this.#filled, slot + 1)
    return this.#blocks[block]
  }

  /** The place of a slot in its block. */
  offsetOf(slot: number): number {
    return (slot % this.#perBlock) * this.width
  }

  /** Every number in place by another. */
  replace(by: (value: number) => number): void {
    let left = this.#filled * this.width
    for (const block of this.#blocks) {
      for (let i = 0; i < block.length && left > 0; i++, left--) block[i] = by(block[i])
    }
  }

  /**
   * The rows of the slots, in their order (the first `count` slots where there is no list), written one after the other.
   * Empties the blocks, one at a time as they are copied where there is no list.
   */
  take<B extends Numbers>(type: NumbersType<B>, count: number, slots: Int32Array | null, divisor = 1): B {
    const [width, perBlock] = [this.width, this.#perBlock]
    const [first] = this.#blocks
    // A single row that is wide would be held twice.
    if (slots === null && count === perBlock && divisor === 1 && first instanceof type) {
      this.#blocks = []
      return first
    }
    const into = new type(count * width)
    const blocks: (A | undefined)[] = this.#blocks
    this.#blocks = []
    const copy = (slot: number, rows: number, at: number) => {
      const from = (slot % perBlock) * width
      const block = blocks[Math.floor(slot / perBlock)] as A
      into.set(block.subarray(from, from + rows * width), at * width)
    }
    if (slots !== null) slots.forEach((slot, at) => copy(slot, 1, at))
    else {
      for (let slot = 0; slot < count; slot += perBlock) {
        copy(slot, Math.min(perBlock, count - slot), slot)
        blocks[slot / perBlock] = undefined
      }
    }
    if (divisor !== 1) for (let i = 0; i < into.length; i++) into[i] /= divisor
    return into
  }
}
