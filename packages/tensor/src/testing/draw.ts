import fc, { type Arbitrary } from 'fast-check'
import { tensor } from '../creation.ts'
import { type Shape, sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { NONE } from './case.ts'

/** Lengths with empty and one-element axes among them. */
export const length = fc.constantFrom(0, 1, 1, 2, 2, 3)

/** At most 12 elements, so that central differences stay cheap. */
export const shape = (minRank = 0, maxRank = 3): Arbitrary<number[]> =>
  fc.array(length, { minLength: minRank, maxLength: maxRank }).filter((lengths) => sizeOf(lengths) <= 12)

/** Multiples of 1/100 between `low` and `high`. */
export const numbers = (low: number, high: number): Arbitrary<number> =>
  fc.integer({ min: Math.ceil(low * 100), max: Math.floor(high * 100) }).map((k) => k / 100)

export const ordinary = numbers(-2, 2)

/** Numbers of either sign whose magnitude is at least `gap`. */
export const awayFromZero = (gap: number, high = 2): Arbitrary<number> =>
  fc.tuple(numbers(gap, high), fc.boolean()).map(([x, negative]) => (negative ? -x : x))

/** A float64 tensor of independent entries. */
export const tensorOf = (lengths: Shape, entry: Arbitrary<number>): Arbitrary<Tensor> =>
  fc
    .array(entry, { minLength: sizeOf(lengths), maxLength: sizeOf(lengths) })
    .map((values) => tensor(Float64Array.from(values), { shape: lengths }))

/** A float64 tensor whose entries differ by at least 0.2: no ties for `max` and `min`. */
export const distinct = (lengths: Shape): Arbitrary<Tensor> => {
  const levels = Array.from({ length: sizeOf(lengths) }, (_, i) => 0.2 * i - 1)
  return fc
    .shuffledSubarray(levels, { minLength: levels.length })
    .map((values) => tensor(Float64Array.from(values), { shape: lengths }))
}

/** An int32 tensor of indices into an axis of length `below`. */
export const indices = (lengths: Shape, below: number): Arbitrary<Tensor> =>
  fc
    .array(fc.nat({ max: Math.max(0, below - 1) }), {
      minLength: sizeOf(lengths),
      maxLength: sizeOf(lengths),
    })
    .map((values) => tensor(Int32Array.from(values), { shape: lengths }))

export const bools = (lengths: Shape): Arbitrary<Tensor> =>
  fc
    .array(fc.boolean(), { minLength: sizeOf(lengths), maxLength: sizeOf(lengths) })
    .map((values) => tensor(Uint8Array.from(values, Number), { shape: lengths, dtype: 'bool' }))

/** A shape that broadcasts to `out`: leading axes left out, some lengths 1. */
export const broadcastable = (out: Shape): Arbitrary<number[]> =>
  fc
    .tuple(
      fc.nat({ max: out.length }),
      fc.array(fc.boolean(), { minLength: out.length, maxLength: out.length }),
    )
    .map(([skip, ones]) => out.map((l, i) => (ones[i] ? 1 : l)).slice(skip))

/** Sorted axes of a tensor, possibly none. */
export const axesOf = (lengths: Shape): Arbitrary<number[]> =>
  fc.subarray([...lengths.keys()], { maxLength: lengths.length })

/** A shape and one of its axes. */
export const shapeAndAxis: Arbitrary<[number[], number]> = shape(1).chain((lengths) =>
  fc.tuple(fc.constant(lengths), fc.nat({ max: lengths.length - 1 })),
)

/** The case of an op without parameters. */
export const withoutParams = (inputs: readonly Tensor[]) => ({ inputs, params: NONE })
