import type { Block } from './block.ts'

/**
 * Blocks that the tensors of a recording used, kept for its replays. Between two replays they may be lent to other tensors, because a replay
 * writes them before it reads them. Blocks that were filled from JavaScript are never lent: a replay only reads them.
 */
export class HeldBlocks {
  readonly #free = new Map<number, Block[]>()
  readonly #filled = new Set<number>()
  readonly #fixed: Block[] = []
  readonly #lent = new Set<number>()

  /** Whether every block that was lent has come back. */
  get isWhole(): boolean {
    return this.#lent.size === 0
  }

  /** Lends a block of exactly `room` bytes. @returns its address, −1 if there is none */
  lend(room: number): number {
    const block = this.#free.get(room)?.pop()
    if (block === undefined) return -1
    this.#lent.add(block.pointer)
    return block.pointer
  }

  /** Marks a block as filled from JavaScript. */
  fill(pointer: number): void {
    this.#filled.add(pointer)
  }

  /** Takes a block of `room` bytes: a released one, or one that was lent. */
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

  /** Removes all blocks, and returns them. */
  empty(): Block[] {
    const blocks = [...this.#fixed.splice(0), ...[...this.#free.values()].flat()]
    this.#free.clear()
    return blocks
  }
}
