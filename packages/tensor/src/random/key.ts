import { activeBackend } from '../active-backend.ts'
import { describe, expectNumber } from '../checks.ts'
import { type Copy, copyOf, engine } from '../copies.ts'
import { upload } from '../creation.ts'
import { allocate } from '../dispatch.ts'
import { newArray } from '../dtype.ts'
import { aFloatDType, anything, type OptionsOf, optionTable, withDefault } from '../option-table.ts'
import { recorder } from '../recorder.ts'
import { checkShape, type Shape, sizeOf } from '../shape.ts'
import type { ConcreteTensor, Tensor } from '../tensor.ts'
import { deriveKey, type KeyName } from './derive.ts'
import { fillDraws, fillIntegers, fillPermutation, type Law } from './draws.ts'

/** Dtypes that random numbers are drawn in. */
export type RandomDType = 'float32' | 'float64'

const dtypeRow = withDefault(aFloatDType, 'float32')

const normalOptions = optionTable('normal', {
  /** Standard deviation; default 1. */
  deviation: withDefault(anything<number>(), 1),
  /** Default float32. */
  dtype: dtypeRow,
})

/** What {@link Key.normal} may be told. */
export type NormalOptions = OptionsOf<typeof normalOptions>

const aBound = anything<number>()

const uniformOptions = optionTable('uniform', {
  /** Included. Default 0. */
  low: withDefault(aBound, 0),
  /** Excluded. Default 1. */
  high: withDefault(aBound, 1),
  /** Default float32. */
  dtype: dtypeRow,
})

/** What {@link Key.uniform} may be told. */
export type UniformOptions = OptionsOf<typeof uniformOptions>

/**
 * A place in a tree of random streams. Drawing changes nothing: the same key gives the same numbers every time, on
 * every backend and machine, and element i of a draw does not depend on how many are drawn. For other numbers take
 * another {@link Key.child}. Made by {@link key}.
 *
 * @example
 * await init()
 * const root = key(0)
 * const weights = root.child('layer', 2, 'weight').normal([64, 128])
 * const order = root.child('shuffle', 17).permutation(300)
 */
export class Key {
  readonly #words: Uint32Array
  readonly #parent: Key | null
  readonly #path: readonly KeyName[]

  /** Of which copy of the engine it is. @internal */
  get [copyOf](): Copy {
    return engine
  }

  /** @param words `[4]`: 128 bits; `parent` and `path` say how the key was made */
  constructor(words: Uint32Array, parent: Key | null = null, path: readonly KeyName[] = []) {
    this.#words = words
    this.#parent = parent
    this.#path = path
  }

  /**
   * The key with this name under this one; `child('a', 1)` is `child('a').child(1)`. Independent of its parent, its
   * siblings and everything drawn from them.
   *
   * @throws if a name is neither a string (of whole characters) nor a whole number of at most 53 bits; −0 is 0
   */
  child(...path: readonly KeyName[]): Key {
    return new Key(path.reduce<Uint32Array>(deriveKey, this.#words), this, path)
  }

  /**
   * Normals of mean 0 and any shape, standard ones unless a deviation is given: with it they are multiplied in float64, in the same
   * pass. Float32 gives the float64 numbers, rounded.
   *
   * @param options the dtype alone, or more
   * @throws RangeError for a deviation below 0, or so large that a normal (|z| ≤ 8.21) times it could be infinite
   */
  normal(shape: Shape, options: RandomDType | NormalOptions = {}): Tensor {
    const given = typeof options === 'string' ? { dtype: options } : options
    const { deviation, dtype } = normalOptions.resolve(given)
    expectNumber('normal', 'deviation', deviation, 0, largest[dtype] / 8.25)
    return this.#draw('normal', shape, dtype, { kind: 'normal', deviation })
  }

  /**
   * Uniforms in [low, high) of any shape; 53 random bits in float64, the upper 24 of them in float32. A number that
   * rounds up to `high` becomes `low`, so `high` never occurs.
   *
   * @throws unless low < high in the dtype, both finite and a finite distance apart
   */
  uniform(shape: Shape, options: UniformOptions = {}): Tensor {
    const { low, high, dtype } = uniformOptions.resolve(options)
    return this.#draw('uniform', shape, dtype, { kind: 'uniform', ...boundsIn(dtype, low, high) })
  }

  /**
   * The tensor of a draw. A recording draws it anew in every replay, where its key hangs on that of the step; any other key gives the
   * same numbers each time, and what is uploaded stays.
   */
  #draw(op: string, shape: Shape, dtype: RandomDType, law: Law): Tensor {
    checkShape(op, shape)
    const backend = activeBackend(op)
    const recording = recorder()
    const path = recording && this.#pathFrom(recording.step)
    if (backend.draw !== undefined && (recording === null || path !== null)) {
      const t = allocate(op, shape, dtype)
      const { buffer } = t
      backend.draw(buffer, law, this.#words)
      if (path !== null)
        recording?.drawn((step) => backend.draw?.(buffer, law, (step as Key).child(...path).#words))
      return t
    }
    const values = newArray(op, dtype, sizeOf(shape)) as Float32Array | Float64Array
    fillDraws(this.#words, law, values)
    const t = upload(op, values, shape) as ConcreteTensor
    const { buffer } = t
    if (path !== null) {
      recording?.drawn((step) => {
        fillDraws((step as Key).child(...path).#words, law, values)
        backend.write(buffer, values)
      })
    }
    return t
  }

  /** The names that lead from another key to this one; `null` if none do. */
  #pathFrom(ancestor: object): readonly KeyName[] | null {
    if (this === ancestor) return []
    if (this.#parent === null) return null
    const above = this.#parent.#pathFrom(ancestor)
    return above && [...above, ...this.#path]
  }

  /** Uniforms in [0, 1), multiples of 2⁻⁵³. The same numbers as `uniform` in float64. */
  uniformArray(count: number): Float64Array {
    recorder()?.refuse('it draws by uniformArray() what JavaScript may use in any way')
    const values = newArray('uniformArray', 'float64', checkCount('uniformArray', count)) as Float64Array
    fillDraws(this.#words, { kind: 'uniform', low: 0, high: 1 }, values)
    return values
  }

  /** Standard normals. The same numbers as `normal` in float64. */
  normalArray(count: number): Float64Array {
    recorder()?.refuse('it draws by normalArray() what JavaScript may use in any way')
    const values = newArray('normalArray', 'float64', checkCount('normalArray', count)) as Float64Array
    fillDraws(this.#words, { kind: 'normal', deviation: 1 }, values)
    return values
  }

  /**
   * Whole numbers in [low, high), both within int32. Each has probability 1/(high − low) up to 2⁻⁵³, a relative bias
   * of at most (high − low) · 2⁻⁵³: 5e-7 for all of int32, 1e-10 for a million values.
   *
   * @throws unless low < high are int32
   */
  integers(count: number, low: number, high: number): Int32Array {
    recorder()?.refuse('it draws by integers() what JavaScript may use in any way')
    const values = newArray('integers', 'int32', checkCount('integers', count)) as Int32Array
    if (!(low === (low | 0) && Number.isInteger(high) && low < high && high <= 2 ** 31)) {
      throw new RangeError(
        `integers: expected whole numbers -2147483648 ≤ low < high ≤ 2147483648, got ${low}, ${high}`,
      )
    }
    fillIntegers(this.#words, values, low, high)
    return values
  }

  /**
   * The numbers 0 … n − 1 in random order (Fisher and Yates), any order as likely as another up to n² · 2⁻⁵³.
   *
   * @throws for more numbers than int32 has
   */
  permutation(n: number): Int32Array {
    recorder()?.refuse('it draws by permutation() what JavaScript may use in any way')
    if (n > 2 ** 31) throw new RangeError(`permutation: expected at most 2147483648 numbers, got ${n}`)
    const order = newArray('permutation', 'int32', checkCount('permutation', n)) as Int32Array
    fillPermutation(this.#words, order)
    return order
  }
}

/**
 * The root of a tree of random streams.
 *
 * @param seed a whole number or any text
 * @throws if it is neither
 * @example
 * key(7).child('noise').normalArray(3).length // 3
 */
export const key = (seed: KeyName): Key => new Key(new Uint32Array(4)).child(seed)

const largest = { float32: (2 - 2 ** -23) * 2 ** 127, float64: Number.MAX_VALUE }

/** The bounds as numbers of the dtype. */
function boundsIn(dtype: RandomDType, low: unknown, high: unknown): { low: number; high: number } {
  const round = dtype === 'float32' ? Math.fround : (bound: number) => bound
  const [from, to] = [low, high].map((bound) => (typeof bound === 'number' ? round(bound) : Number.NaN))
  if (from < to && Number.isFinite(to - from)) return { low: from, high: to }
  const wanted =
    Number.isFinite(from) && Number.isFinite(to) && from < to
      ? 'a finite high − low'
      : `finite low < high in ${dtype}`
  throw new RangeError(`uniform: expected ${wanted}, got low ${describe(low)}, high ${describe(high)}`)
}

function checkCount(op: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`${op}: expected a whole number ≥ 0, got ${count}`)
  }
  return count
}
