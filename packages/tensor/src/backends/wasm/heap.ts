import { arrayTypes, type DType, type TypedArray } from '../../dtype.ts'

const PAGE = 65536
/** 4 GB, all that 32-bit addresses reach. */
const MOST_PAGES = 65536
/** Kinds of blocks, up to 4 GB. */
const MOST_KINDS = 1 + 4 * 26
/** Where blocks begin: below lies the scratch of the kernels. */
export const SCRATCH_BYTES = 512 * 1024

/** A piece of the memory that holds one tensor, or a view of a part of it. */
export interface Block {
  /** Address in bytes, a multiple of 16 for a whole block. */
  readonly pointer: number
  readonly size: number
  readonly dtype: DType
  /** Which list the block goes back to; −1 for views. */
  readonly kind: number
}

const widths: Readonly<Record<DType, number>> = { float32: 4, float64: 8, int32: 4, uint32: 4, bool: 1 }

export const bytesPerElement = (dtype: DType): number => widths[dtype]

/** Blocks up to this size are of one kind. */
const SMALLEST = 64

/** Four sizes for every doubling, so that at most a fifth of a block is unused. */
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

/**
 * Blocks of one WebAssembly memory. A released block waits for the next tensor of about its size: a training step takes what
 * the step before gave back, so that memory stays flat and warm.
 */
export class Heap {
  readonly memory: WebAssembly.Memory
  #top = SCRATCH_BYTES
  #held: Block[] | null = null
  readonly #free: number[][] = Array.from({ length: MOST_KINDS }, () => [])

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory
  }

  /** Bytes that have ever been in use at one time. */
  get reached(): number {
    return this.#top
  }

  /** @throws RangeError with sizes where the memory cannot grow. */
  allocate(dtype: DType, size: number): Block {
    const bytes = size * bytesPerElement(dtype)
    // What no memory can hold has no kind; growing says so.
    const kind = bytes > MOST_PAGES * PAGE ? MOST_KINDS - 1 : kindOf(bytes)
    const waiting = this.#free[kind]
    const pointer =
      waiting.length > 0 ? waiting.pop()! : this.#extend(Math.max(bytes, bytesOfKind(kind)), bytes)
    return { pointer, size, dtype, kind }
  }

  release(block: Block): void {
    if (this.#held === null) this.#free[block.kind].push(block.pointer)
    else this.#held.push(block)
  }

  /** Keeps released blocks from being used again until the function that is returned gives them out. */
  hold(): () => Block[] {
    const held: Block[] = []
    this.#held = held
    return () => {
      this.#held = null
      return held
    }
  }

  /** The numbers of a block; the view ends with the memory's next growth. */
  view({ pointer, size, dtype }: Block): TypedArray {
    return new arrayTypes[dtype](this.memory.buffer, pointer, size)
  }

  copy(from: number, to: number, bytes: number): void {
    new Uint8Array(this.memory.buffer).copyWithin(to, from, from + bytes)
  }

  #extend(bytes: number, asked: number): number {
    const pointer = this.#top
    const end = pointer + bytes
    const missing = Math.ceil(end / PAGE) - this.memory.buffer.byteLength / PAGE
    if (missing > 0) this.#grow(missing, asked)
    this.#top = end
    return pointer
  }

  /** Grows by a quarter at least: each growth takes new views. */
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
