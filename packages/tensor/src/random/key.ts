import { expectOneOf, expectOptions } from '../checks.ts'
import { upload } from '../creation.ts'
import { newArray, type TypedArray } from '../dtype.ts'
import { recorder } from '../recording.ts'
import { checkShape, type Shape, sizeOf } from '../shape.ts'
import type { ConcreteTensor, Tensor } from '../tensor.ts'
import { deriveKey, type KeyName } from './derive.ts'
import { fillIntegers, fillNormal, fillPermutation, fillUniform } from './draws.ts'

const randomDTypes = ['float32', 'float64'] as const

/** Dtypes that random numbers are drawn in. */
export type RandomDType = (typeof randomDTypes)[number]

export interface UniformOptions {
  /** Included. Default 0. */
  readonly low?: number
  /** Excluded. Default 1. */
  readonly high?: number
  /** Default float32. */
  readonly dtype?: RandomDType
}

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
   * @throws if a name is neither a string nor a whole number
   */
  child(...path: readonly KeyName[]): Key {
    return new Key(path.reduce<Uint32Array>(deriveKey, this.#words), this, path)
  }

  /** Standard normals of any shape. Float32 gives the float64 numbers, rounded. */
  normal(shape: Shape, dtype: RandomDType = 'float32'): Tensor {
    const values = allocate('normal', shape, dtype)
    fillNormal(this.#words, values)
    return this.#drawn(values, shape, (key) => fillNormal(key.#words, values))
  }

  /**
   * Uniforms in [low, high) of any shape; 53 random bits in float64, the upper 24 of them in float32. A number that
   * rounds up to `high` becomes `low`, so `high` never occurs.
   *
   * @throws unless low < high in the dtype
   */
  uniform(shape: Shape, options: UniformOptions = {}): Tensor {
    expectOptions('uniform', options, ['low', 'high', 'dtype'])
    const { low = 0, high = 1, dtype = 'float32' } = options
    const values = allocate('uniform', shape, dtype)
    const [from, to] = dtype === 'float32' ? [Math.fround(low), Math.fround(high)] : [low, high]
    if (!(from < to && Number.isFinite(to - from))) {
      throw new RangeError(`uniform: expected finite low < high in ${dtype}, got low ${low}, high ${high}`)
    }
    fillUniform(this.#words, values, from, to)
    return this.#drawn(values, shape, (key) => fillUniform(key.#words, values, from, to))
  }

  /** The tensor of a draw; a recording draws it anew in every replay. */
  #drawn(values: TypedArray, shape: Shape, fill: (key: Key) => void): Tensor {
    const recording = recorder()
    if (recording === null) return upload('key', values, shape)
    const t = upload('key', values, shape) as ConcreteTensor
    const { backend, buffer } = t
    recording.drawn(this.#pathFrom(recording.step), (key) => {
      fill(key)
      backend.write(buffer, values)
    })
    return t
  }

  /** The names that lead from another key to this one; `null` if none do. */
  #pathFrom(ancestor: Key): readonly KeyName[] | null {
    if (this === ancestor) return []
    if (this.#parent === null) return null
    const above = this.#parent.#pathFrom(ancestor)
    return above && [...above, ...this.#path]
  }

  /** Uniforms in [0, 1), multiples of 2⁻⁵³. The same numbers as `uniform` in float64. */
  uniformArray(count: number): Float64Array {
    recorder()?.refuse('it draws by uniformArray() what JavaScript may use in any way')
    const values = newArray('uniformArray', 'float64', checkCount('uniformArray', count)) as Float64Array
    fillUniform(this.#words, values, 0, 1)
    return values
  }

  /** Standard normals. The same numbers as `normal` in float64. */
  normalArray(count: number): Float64Array {
    recorder()?.refuse('it draws by normalArray() what JavaScript may use in any way')
    const values = newArray('normalArray', 'float64', checkCount('normalArray', count)) as Float64Array
    fillNormal(this.#words, values)
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

  /** The numbers 0 … n − 1 in random order (Fisher and Yates), any order as likely as another up to n² · 2⁻⁵³. */
  permutation(n: number): Int32Array {
    recorder()?.refuse('it draws by permutation() what JavaScript may use in any way')
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

function allocate(op: string, shape: Shape, dtype: RandomDType): Float32Array | Float64Array {
  checkShape(op, shape)
  expectOneOf(op, 'dtype', dtype, randomDTypes)
  return newArray(op, dtype, sizeOf(shape)) as Float32Array | Float64Array
}

function checkCount(op: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`${op}: expected a whole number ≥ 0, got ${count}`)
  }
  return count
}
