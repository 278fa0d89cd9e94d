import type { Block } from './heap.ts'

/**
 * Blocks that the tensors of a recording had and that are free between two replays. They may be lent meanwhile, since a replay writes
 * them before it reads them; not so those that were filled from JavaScript, which a replay only reads.
 */
export class HeldBlocks {
  readonly #free = new Map<number, Block[]>()
  readonly #filled = new Set<number>()
  readonly #fixed: Block[] = []
  readonly #lent = new Set<number>()

  /** Every block that was lent is back. */
  get isWhole(): boolean {
    return this.#lent.size === 0
  }

  /** An address with room for exactly as many bytes, −1 if there is none. */
  lend(room: number): number {
    const block = this.#free.get(room)?.pop()
    if (block === undefined) return -1
    this.#lent.add(block.pointer)
    return block.pointer
  }

  /** This address holds numbers from JavaScript. */
  fill(pointer: number): void {
    this.#filled.add(pointer)
  }

  put(block: Block, room: number): void {
    this.#lent.delete(block.pointer)
    if (this.#filled.has(block.pointer)) {
      this.#fixed.push(block)
      return
    }
    const waiting = this.#free.get(room)
    if (waiting === undefined) this.#free.set(room, [block])
    else waiting.push(block)
  }

  /** All blocks that are here; none are afterwards. */
  empty(): Block[] {
    const blocks = [...this.#fixed.splice(0), ...[...this.#free.values()].flat()]
    this.#free.clear()
    return blocks
  }
}
