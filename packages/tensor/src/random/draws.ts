import { inverseNormal } from './inverse-normal.ts'
import type { Purpose } from './purpose.ts'
import { purpose } from './purpose.ts'
import { threefry } from './threefry.ts'

type FloatArray = Float32Array | Float64Array

/** Draws are made this many at a time, from one buffer that stays in the first-level cache. */
const CHUNK = 1024
const words = new Uint32Array(2 * CHUNK)

/**
 * Calls `use(a, b, i)` for i = 0 … count − 1 with the two random words of draw i, which depend on the key, the purpose
 * and i alone: a longer draw begins with the shorter one.
 */
export function eachDraw(
  key: Uint32Array,
  kind: Purpose,
  count: number,
  use: (a: number, b: number, i: number) => void,
): void {
  for (let start = 0; start < count; start += CHUNK) {
    const length = Math.min(CHUNK, count - start)
    threefry(key, start / 2, 0, kind, 0, words.subarray(0, 4 * Math.ceil(length / 2)))
    for (let k = 0; k < length; k++) use(words[2 * k], words[2 * k + 1], start + k)
  }
}

/** A multiple of 2⁻⁵³ in [0, 1). */
export const toUnit = (a: number, b: number): number => ((a >>> 5) * 2 ** 26 + (b >>> 6)) * 2 ** -53

/** A multiple of 2⁻²⁴ in [0, 1): {@link toUnit} with its low bits cut off, so that float32 cannot round it up to 1. */
const toUnitSingle = (a: number): number => (a >>> 8) * 2 ** -24

/** An odd multiple of 2⁻⁵³ in (0, 1), symmetric about ½: neither 0 nor 1, whose normal quantiles are infinite. */
const toOpenUnit = (a: number, b: number): number => ((a >>> 6) * 2 ** 26 + (b >>> 6) + 0.5) * 2 ** -52

/** Uniforms in [low, high). A number that rounds to `high` in the dtype of `out` becomes `low`. */
export function fillUniform(key: Uint32Array, out: FloatArray, low: number, high: number): void {
  const single = out instanceof Float32Array
  const span = high - low
  eachDraw(key, purpose.uniform, out.length, (a, b, i) => {
    out[i] = low + span * (single ? toUnitSingle(a) : toUnit(a, b))
    if (out[i] >= high) out[i] = low
  })
}

/** Standard normals: the quantiles of uniforms in (0, 1) with 52 bits, so |z| ≤ 8.21. Float32 rounds the same numbers. */
export function fillNormal(key: Uint32Array, out: FloatArray): void {
  eachDraw(key, purpose.normal, out.length, (a, b, i) => {
    out[i] = inverseNormal(toOpenUnit(a, b))
  })
}
