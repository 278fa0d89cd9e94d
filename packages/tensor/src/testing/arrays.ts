import fc from 'fast-check'
import { type DType, type Shape, sizeOf, type Tensor, tensor } from '../index.ts'

/** Values with a shape, indexed one element at a time: the slow, obvious way that kernels are held against. */
export interface Plain {
  readonly shape: Shape
  readonly values: readonly number[]
}

/** Shapes of rank 0 … 4 with lengths 0 … 4. */
export const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })

/** Shapes of at least `rank` axes. */
export const shapesOfRank = (rank: number, minLength = 0): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: minLength, max: 4 }), { minLength: rank, maxLength: Math.max(rank, 4) })

export const entries = fc.double({ min: -4, max: 4, noNaN: true })

export const plain = (
  shape: fc.Arbitrary<Shape>,
  values: fc.Arbitrary<number> = entries,
): fc.Arbitrary<Plain> =>
  shape.chain((s) =>
    fc.record({
      shape: fc.constant(s),
      values: fc.array(values, { minLength: sizeOf(s), maxLength: sizeOf(s) }),
    }),
  )

/** Two or more shapes that broadcast, and the shape they broadcast to. */
export const broadcasting = (count: number): fc.Arbitrary<{ out: Shape; parts: Shape[] }> =>
  shapes.chain((out) =>
    fc
      .array(fc.tuple(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.nat(out.length)), {
        minLength: count,
        maxLength: count,
      })
      .map((choices) => {
        const parts = choices.map(([ones, drop]) => out.map((l, i) => (ones[i] ? 1 : l)).slice(drop))
        parts[0] = out
        return { out, parts }
      }),
  )

export const asTensor = (x: Plain, dtype: DType = 'float64'): Tensor =>
  tensor([...x.values], { dtype, shape: x.shape })

/** Every index of a shape, row-major. */
export function* indicesOf(shape: Shape): Generator<number[]> {
  const size = sizeOf(shape)
  for (let flat = 0; flat < size; flat++) {
    const index = new Array<number>(shape.length)
    let rest = flat
    for (let i = shape.length - 1; i >= 0; i--) {
      index[i] = rest % shape[i]
      rest = Math.floor(rest / shape[i])
    }
    yield index
  }
}

/** One element; axes of length 1 stretch and missing leading axes are ignored. */
export function at(x: Plain, index: readonly number[]): number {
  const tail = index.slice(index.length - x.shape.length)
  return x.values[tail.reduce((flat, i, axis) => flat * x.shape[axis] + (x.shape[axis] === 1 ? 0 : i), 0)]
}

/** Fills a shape by its indices. */
export const build = (shape: Shape, f: (index: number[]) => number): number[] => [...indicesOf(shape)].map(f)
