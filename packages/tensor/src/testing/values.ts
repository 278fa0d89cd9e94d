import { arrayTypes, type DType, isFloat, type TypedArray } from '../dtype.ts'
import { type Shape, sizeOf } from '../shape.ts'
import type { Values } from './case.ts'

const ordinaryHalves = [0.5, 1.5, 2.5, 3.5, 4.5]

/** Values where kernels go wrong: signs of zero, halves, neighbours of whole numbers, ends of the range, NaN and infinities. */
export const specials: Readonly<Record<DType, readonly number[]>> = {
  float32: [
    ...[0, -0, 1, -1, 3, Number.NaN, Infinity, -Infinity],
    ...ordinaryHalves.flatMap((x) => [x, -x]),
    ...[
      1 + 2 ** -23,
      1 - 2 ** -24,
      3 - 2 ** -22,
      -2 - 2 ** -22,
      0.5 - 2 ** -25,
      2 ** 22 + 0.5,
      2 ** 23 - 0.5,
    ],
    ...[
      2 ** -149,
      -(2 ** -149),
      2 ** -126 - 2 ** -149,
      2 ** -126,
      3.4028234663852886e38,
      -3.4028234663852886e38,
    ],
    ...[2 ** 24, 2 ** 31, -(2 ** 31), 2 ** 32, 3e9, -3e9, 88.7, -103.9, 1e-8, -1e-8, 20, 710],
  ],
  float64: [
    ...[0, -0, 1, -1, 3, Number.NaN, Infinity, -Infinity],
    ...ordinaryHalves.flatMap((x) => [x, -x]),
    ...[
      1 + 2 ** -52,
      1 - 2 ** -53,
      3 - 2 ** -51,
      -2 - 2 ** -51,
      0.5 - 2 ** -54,
      2 ** 51 + 0.5,
      2 ** 52 - 0.5,
    ],
    ...[2 ** -1074, -(2 ** -1074), 2 ** -1022 - 2 ** -1074, 2 ** -1022, Number.MAX_VALUE, -Number.MAX_VALUE],
    ...[2 ** 53, 2 ** 31, -(2 ** 31), 2 ** 32, 3e9, -3e9, 709.7, -745.1, 1e-17, -1e-17, 20, 1e300],
  ],
  int32: [0, 1, -1, 2, -7, 46341, -65536, 2 ** 31 - 1, 2 - 2 ** 31, -(2 ** 31)],
  uint32: [0, 1, 2, 7, 46341, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1],
  bool: [0, 1],
}

/** Uniform numbers in [0, 1), the same on every run (Mulberry32). */
export function draws(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Floats in [−2, 2), whole numbers up to 9, bools. */
const ordinary: Readonly<Record<DType, (u: number) => number>> = {
  float32: (u) => 4 * u - 2,
  float64: (u) => 4 * u - 2,
  int32: (u) => Math.floor(19 * u) - 9,
  uint32: (u) => Math.floor(10 * u),
  bool: (u) => Number(u < 0.5),
}

/** A tensor filled by index. */
export function filled(dtype: DType, shape: Shape, f: (i: number) => number): Values {
  const values: TypedArray = new arrayTypes[dtype](sizeOf(shape))
  for (let i = 0; i < values.length; i++) values[i] = f(i)
  return { dtype, shape, values }
}

/** Ordinary numbers, the same for the same size and seed. */
export function plain(dtype: DType, shape: Shape, seed = 1): Values {
  const draw = draws(seed + sizeOf(shape))
  return filled(dtype, shape, () => ordinary[dtype](draw()))
}

/** Every special value in turn, from another one on for another seed. */
export function special(dtype: DType, shape: Shape, seed = 0): Values {
  const list = specials[dtype]
  return filled(dtype, shape, (i) => list[(i + seed) % list.length])
}

/** Plain numbers with a special one among about twenty, without those of the ends of the range: sums of them overflow. */
export function sparse(dtype: DType, shape: Shape, seed = 2): Values {
  const draw = draws(seed + sizeOf(shape))
  const list = isFloat(dtype)
    ? specials[dtype].filter((x) => !(Math.abs(x) > 1e4 && Number.isFinite(x)))
    : specials[dtype]
  return filled(dtype, shape, () =>
    draw() < 0.05 ? list[Math.floor(draw() * list.length)] : ordinary[dtype](draw()),
  )
}

/** Zeros in the place of numbers smaller than the smallest normal float32. */
export function withoutSubnormals(x: Values): Values {
  if (x.dtype !== 'float32') return x
  return { ...x, values: x.values.map((value) => (Math.abs(value) < 2 ** -126 ? value * 0 : value)) }
}
