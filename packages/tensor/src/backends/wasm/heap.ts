import { arrayTypes, bytesPerElement, type DType, type TypedArray } from '../../dtype.ts'
import type { Block } from './block.ts'
import { FreeList } from './free-list.ts'
import { HeldBlocks } from './held-blocks.ts'
import { codes } from './kernels.generated.ts'

const PAGE = 65536
/** 4 GB, all that 32-bit addresses reach. */
const MOST_PAGES = 65536
/** Where blocks begin: below lies the scratch of the kernels. */
export const SCRATCH_BYTES: number = codes.scratch.bytes

export { bytesPerElement }

/** Bytes of the smallest size class. */
const SMALLEST = 64

/** Bytes of the largest size class. Larger blocks come from a list of free ranges: finding one among 30 and giving it back takes 0.2 µs. */
const MOST_SMALL = 16384

/** Sizes and addresses of large blocks are multiples of this. */
const GRAIN = 64

/** A large block is not cut from a free range more than 16 times as long, which is kept for very large blocks. */
const LONGEST = 16

/**
 * Above 64 MB of free ranges, if they are an eighth of the memory too, a block is cut from a range of any length. The garbage collector
 * releases tens of blocks at once, which become one long range; while that was spared the memory grew to 1,046 MB for 300 results of
 * 4 MB, at most 26 of them alive.
 */
const MOST_SPARED = 64 * 2 ** 20

const KINDS = kindOf(MOST_SMALL) + 1

/** Four size classes for every doubling: at most a fifth of a small block is unused. */
function kindOf(bytes: number): number {
  if (bytes <= SMALLEST) return 0
  const exponent = 31 - Math.clz32(bytes - 1)
  return 1 + 4 * (exponent - 6) + (((bytes - 1) >>> (exponent - 2)) & 3)
}

function bytesOfKind(kind: number): number {
  if (kind === 0) return SMALLEST
  const quarter = 2 ** (4 + ((kind - 1) >> 2))
  return quarter * (5 + ((kind - 1) & 3))
}

/** Bytes of the block that is given out for so many. */
const roomFor = (bytes: number): number =>
  bytes > MOST_SMALL ? Math.ceil(bytes / GRAIN) * GRAIN : bytesOfKind(kindOf(bytes))

/**
 * Allocates the blocks of one WebAssembly memory. A released block is given to the next tensor of its size: a training step uses the blocks
 * of the step before, so the memory does not grow and stays in the caches. Small blocks have a list of free ones for each size class; large
 * ones are kept in a list of free ranges, joined with free neighbours and cut as needed.
 */
export class Heap {
  readonly memory: WebAssembly.Memory
  #top = SCRATCH_BYTES
  readonly #free: number[][] = Array.from({ length: KINDS }, () => [])
  readonly #freeList = new FreeList()
  /** Blocks released while a step is recorded or replayed; null otherwise. */
  #held: HeldBlocks | null = null
  #isLending = false

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory
  }

  /** End of the part of the memory that has been in use, in bytes; it only grows. */
  get reached(): number {
    return this.#top
  }

  /** @throws RangeError with sizes where the memory cannot grow. */
  allocate(dtype: DType, size: number): Block {
    if (this.#isLending) {
      const bytes = size * bytesPerElement(dtype)
      const pointer = this.#held!.lend(roomFor(bytes))
      if (pointer >= 0) return { pointer, size, dtype, kind: bytes > MOST_SMALL ? -1 : kindOf(bytes) }
    }
    return this.#find(dtype, size)
  }

  /** A block to be filled from JavaScript. A recording that is under way keeps it from being used again, since a replay only reads it. */
  allocateFilled(dtype: DType, size: number): Block {
    const block = this.#find(dtype, size)
    if (!this.#isLending) this.#held?.fill(block.pointer)
    return block
  }

  release(block: Block): void {
    const { pointer, size, dtype, kind } = block
    if (this.#held !== null) this.#held.put(block, roomFor(size * bytesPerElement(dtype)))
    else if (kind >= 0) this.#free[kind].push(pointer)
    else this.#freeList.give(pointer, roomFor(size * bytesPerElement(dtype)))
  }

  /** Keeps released blocks from being used again; the function that is returned ends that and returns them. */
  hold(): () => HeldBlocks {
    const held = new HeldBlocks()
    const leave = this.#enter(held, false)
    return () => {
      leave()
      return held
    }
  }

  /** Runs `f` in the blocks that a recording holds; what does not fit them is allocated as always. */
  within<T>(held: HeldBlocks, f: () => T): T {
    const leave = this.#enter(held, true)
    try {
      return f()
    } finally {
      leave()
    }
  }

  #enter(held: HeldBlocks, isLending: boolean): () => void {
    const [outer, wasLending] = [this.#held, this.#isLending]
    this.#held = held
    this.#isLending = isLending
    return () => {
      this.#held = outer
      this.#isLending = wasLending
    }
  }

  /** The numbers of a block; the view ends with the memory's next growth. */
  view({ pointer, size, dtype }: Block): TypedArray {
    return new arrayTypes[dtype](this.memory.buffer, pointer, size)
  }

  copy(from: number, to: number, bytes: number): void {
    new Uint8Array(this.memory.buffer).copyWithin(to, from, from + bytes)
  }

  #find(dtype: DType, size: number): Block {
    const bytes = size * bytesPerElement(dtype)
    if (bytes > MOST_SMALL) return { pointer: this.#findLarge(bytes), size, dtype, kind: -1 }
    const kind = kindOf(bytes)
    const waiting = this.#free[kind]
    const pointer =
      waiting.length > 0 ? waiting.pop()! : this.#extend(this.#top, this.#top + bytesOfKind(kind), bytes)
    return { pointer, size, dtype, kind }
  }

  #findLarge(bytes: number): number {
    const room = roomFor(bytes)
    const { bytes: free } = this.#freeList
    const spares = free < MOST_SPARED || free < this.#top / 8
    const pointer = this.#freeList.take(room, spares ? LONGEST * room : Infinity)
    if (pointer >= 0) return pointer
    // A free range at the end of the memory in use becomes the start of the block.
    const last = this.#freeList.takeEndingAt(this.#top)
    const start = Math.ceil((this.#top - last) / GRAIN) * GRAIN
    try {
      return this.#extend(start, start + room, bytes)
    } catch (error) {
      if (last > 0) this.#freeList.give(start, last)
      const anywhere = this.#freeList.take(room, Infinity)
      if (anywhere >= 0) return anywhere
      throw error
    }
  }

  #extend(start: number, end: number, asked: number): number {
    const missing = Math.ceil(end / PAGE) - this.memory.buffer.byteLength / PAGE
    if (missing > 0) this.#grow(missing, asked)
    this.#top = end
    return start
  }

  /** Grows by a quarter at least: every growth detaches all views. */
  #grow(missing: number, asked: number): void {
    const pages = this.memory.buffer.byteLength / PAGE
    const generous = Math.min(Math.max(missing, pages >> 2), MOST_PAGES - pages)
    for (const more of [generous, missing]) {
      if (more < missing) continue
      try {
        this.memory.grow(more)
        return
      } catch {
        // Fewer pages may still be had.
      }
    }
    const megabytes = (n: number): string => `${(n / 2 ** 20).toFixed(1)} MB`
    throw new RangeError(
      `WebAssembly memory: asked for ${megabytes(asked)} beside ${megabytes(this.#top)} in use, of at most ${megabytes(MOST_PAGES * PAGE)}`,
    )
  }
}
