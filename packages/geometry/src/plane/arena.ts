import { type Host, type Kernels, startKernels } from './kernels.ts'

const PAGE = 65536

/** Memory of the kernels, handed out from front to back, and the kernels over it. */
export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: 64, maximum: 65536 })
  readonly hosted: { host: Host | null } = { host: null }
  readonly kernels: Kernels = startKernels(this.memory, this.hosted)
  /** The lowest places stay free: 0 stands for nothing. */
  #top = 1024
  #i32 = new Int32Array(this.memory.buffer)
  #f64 = new Float64Array(this.memory.buffer)
  #u8 = new Uint8Array(this.memory.buffer)

  get i32(): Int32Array {
    if (this.#i32.length === 0) this.#look()
    return this.#i32
  }

  get f64(): Float64Array {
    if (this.#f64.length === 0) this.#look()
    return this.#f64
  }

  get u8(): Uint8Array {
    if (this.#u8.length === 0) this.#look()
    return this.#u8
  }

  /** @returns where the bytes begin, at a multiple of 16. They are not cleared. */
  take(bytes: number): number {
    const at = this.#top
    // Not by bits: they would be those of a signed number from 2 GiB on.
    this.#top = at + 16 * Math.ceil(bytes / 16)
    const missing = this.#top - this.memory.buffer.byteLength
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / PAGE))
      } catch {
        throw new RangeError(
          `planePartition: the memory of 4 GiB is full; partition parts of the window, or set limits`,
        )
      }
      this.#look()
    }
    return at
  }

  /** The first `used` bytes from `from`, in a place of `bytes`. */
  move(from: number, used: number, bytes: number): number {
    const at = this.take(bytes)
    this.u8.copyWithin(at, from, from + used)
    return at
  }

  putFloats(values: ArrayLike<number>, padded = values.length): number {
    const at = this.take(8 * padded)
    this.f64.fill(0, at / 8, at / 8 + padded)
    this.f64.set(values, at / 8)
    return at
  }

  putInts(values: ArrayLike<number>): number {
    const at = this.take(4 * values.length)
    this.i32.set(values, at / 4)
    return at
  }

  reset(): void {
    this.#top = 1024
  }

  #look(): void {
    this.#i32 = new Int32Array(this.memory.buffer)
    this.#f64 = new Float64Array(this.memory.buffer)
    this.#u8 = new Uint8Array(this.memory.buffer)
  }
}
