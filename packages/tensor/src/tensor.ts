import type { Backend } from './backend.ts'
import { type Copy, copyOf, engine } from './copies.ts'
import type { DType, TypedArray } from './dtype.ts'
import type { KernelOperand } from './kernel-operand.ts'
import { isCrowded, leftToCollector, turn, unweighed } from './memory.ts'
import type { Op } from './op.ts'
import { recorder } from './recorder.ts'
import { formatShape, type Shape, sizeOf } from './shape.ts'
import type { Storage } from './storage.ts'

/** Nested numbers, as deep as the tensor's rank. */
export type Nested = number | Nested[]

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')

type Inspect = (value: unknown, options: object) => string

/** Reading waits for a GPU; a screen holds no more anyway. */
const elementsShown = 100

/** A transform in progress: receives every op that one of its values goes into. */
export interface Interpreter {
  readonly level: number
  process<P>(op: Op<string, P>, inputs: readonly Tensor[], params: P): Tensor[]
}

/**
 * An n-dimensional array: shape, dtype and reading. Ops are functions (`matmul(a, b)`), not methods.
 *
 * A tensor made inside {@link scope} is released at its end unless returned; using it afterwards throws.
 */
export abstract class Tensor {
  readonly shape: Shape
  readonly dtype: DType
  readonly size: number
  /** The transform this value belongs to; `null` for plain numbers. */
  abstract readonly interpreter: Interpreter | null

  constructor(shape: Shape, dtype: DType) {
    this.shape = shape
    this.dtype = dtype
    this.size = sizeOf(shape)
  }

  /** Of which copy of the engine it is: a second one in the program cannot compute with it, and says so. @internal */
  get [copyOf](): Copy {
    return engine
  }

  get rank(): number {
    return this.shape.length
  }

  /** A copy of the elements, row-major. */
  abstract data(): Promise<TypedArray>

  /** A copy of the elements, row-major, without waiting. */
  abstract dataSync(): TypedArray

  /** Gives the memory back now. Safe to call twice. */
  abstract dispose(): void

  [Symbol.dispose](): void {
    this.dispose()
  }

  /** The only element. @throws if there is not exactly one. */
  item(): number {
    if (this.size !== 1)
      throw new RangeError(`item: expected one element, got shape ${formatShape(this.shape)}`)
    return this.dataSync()[0]
  }

  /** Nested arrays of numbers (booleans are 0 and 1). */
  toArray(): Nested {
    const values = this.dataSync()
    let at = 0
    const build = (axis: number): Nested =>
      axis === this.rank ? values[at++] : Array.from({ length: this.shape[axis] }, () => build(axis + 1))
    return build(0)
  }

  toString(): string {
    return `Tensor(${formatShape(this.shape)} ${this.dtype})`
  }

  /** As {@link toArray}: `JSON.stringify({ loss })` writes numbers. */
  toJSON(): Nested {
    return this.toArray()
  }

  /** What `console.log` prints in Node: of a small tensor the numbers as well. */
  [inspectSymbol](_depth: number, options: object, inspect: Inspect): string {
    const readable = this.interpreter === null && this.size <= elementsShown
    return readable ? `${this.toString()} ${inspect(this.toArray(), options)}` : this.toString()
  }
}

/** Gives back the memory of tensors that nobody holds any more, when the event loop gets its turn. */
const unreachable = new FinalizationRegistry<Storage>((storage) => storage.leave())

async function afterTurn(numbers: Promise<TypedArray>): Promise<TypedArray> {
  const values = await numbers
  await turn()
  return values
}

/** A tensor that holds numbers. */
export class ConcreteTensor extends Tensor implements KernelOperand<unknown> {
  readonly interpreter = null
  readonly backend: Backend
  /** Outside every scope: lives until disposed or collected. */
  kept = false
  readonly storage: Storage
  readonly #madeAt: string | undefined
  #buffer: unknown
  /** Outside every scope; what it holds then may be its weight for the collector. */
  #watched: ArrayBuffer | true | null = null

  constructor(storage: Storage, buffer: unknown, shape: Shape, dtype: DType, madeAt: string | undefined) {
    super(shape, dtype)
    this.storage = storage
    this.backend = storage.backend
    this.#buffer = buffer
    this.#madeAt = madeAt
    storage.users++
  }

  /** @throws after release, with the shape and, under `init({ debug: true })`, where it was made. */
  get buffer(): unknown {
    if (this.#buffer === null) {
      const where = this.#madeAt
        ? `; made at:\n${this.#madeAt}`
        : '; init({ debug: true }) says where it was made'
      throw new Error(`tensor ${formatShape(this.shape)} ${this.dtype} was used after its release${where}`)
    }
    return this.#buffer
  }

  override [inspectSymbol](depth: number, options: object, inspect: Inspect): string {
    return this.released ? `${this.toString()}, released` : super[inspectSymbol](depth, options, inspect)
  }

  get released(): boolean {
    return this.#buffer === null
  }

  data(): Promise<TypedArray> {
    recorder()?.refuse('it reads numbers of a tensor')
    const numbers = this.backend.read(this.buffer)
    return isCrowded() ? afterTurn(numbers) : numbers
  }

  dataSync(): TypedArray {
    recorder()?.refuse('it reads numbers of a tensor')
    return this.backend.readSync(this.buffer)
  }

  dispose(): void {
    if (this.#buffer === null) return
    this.#buffer = null
    if (this.#watched !== null) this.#forget()
    this.storage.leave()
  }

  #forget(): void {
    unreachable.unregister(this)
    if (this.#watched instanceof ArrayBuffer) unweighed(this.#watched, this.storage)
    this.#watched = null
  }

  /** Outside every scope: its memory is given back once the tensor cannot be reached. */
  watch(): void {
    if (this.#watched !== null || this.#buffer === null) return
    this.#watched = leftToCollector(this.storage, this.shape, this.dtype, this.#madeAt) ?? true
    unreachable.register(this, this.storage, this)
  }
}

/** Whether two tensors are the same elements of one memory: one tensor, or a view of all of it. */
export const sharesElements = (a: Tensor, b: Tensor): boolean =>
  a === b || (sharesMemory(a, b) && (a as ConcreteTensor).buffer === (b as ConcreteTensor).buffer)

/** Whether two tensors are, or look into, the same memory: an update of one shows in the other. */
export const sharesMemory = (a: Tensor, b: Tensor): boolean =>
  a instanceof ConcreteTensor && b instanceof ConcreteTensor && a.storage === b.storage
