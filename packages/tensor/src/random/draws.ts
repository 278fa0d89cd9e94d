import { inverseNormal } from './inverse-normal.ts'
import { type Purpose, purpose } from './purpose.ts'
import { threefry } from './threefry.ts'

type FloatArray = Float32Array | Float64Array

/**
 * Two random words for each of `count` draws. Those of draw i depend on the key, the purpose and i alone: a longer draw
 * begins with the shorter one.
 */
function drawWords(key: Uint32Array, kind: Purpose, count: number): Uint32Array {
  const words = new Uint32Array(4 * Math.ceil(count / 2))
  threefry(key, 0, 0, kind, 0, words)
  return words
}

/** A multiple of 2⁻⁵³ in [0, 1). */
const toUnit = (a: number, b: number): number => ((a >>> 5) * 2 ** 26 + (b >>> 6)) * 2 ** -53

/** A multiple of 2⁻²⁴ in [0, 1): {@link toUnit} with its low bits cut off, so that float32 cannot round it up to 1. */
const toUnitSingle = (a: number): number => (a >>> 8) * 2 ** -24

/** An odd multiple of 2⁻⁵³ in (0, 1), symmetric about ½: neither 0 nor 1, whose normal quantiles are infinite. */
const toOpenUnit = (a: number, b: number): number => ((a >>> 6) * 2 ** 26 + (b >>> 6) + 0.5) * 2 ** -52

/** Uniforms in [low, high). A number that rounds to `high` in the dtype of `out` becomes `low`. */
export function fillUniform(key: Uint32Array, out: FloatArray, low: number, high: number): void {
  const words = drawWords(key, purpose.uniform, out.length)
  const single = out instanceof Float32Array
  for (let i = 0; i < out.length; i++) {
    const unit = single ? toUnitSingle(words[2 * i]) : toUnit(words[2 * i], words[2 * i + 1])
    out[i] = low + (high - low) * unit
    if (out[i] >= high) out[i] = low
  }
}

/** Standard normals: the quantiles of uniforms in (0, 1) with 52 bits, so |z| ≤ 8.21. Float32 rounds the same numbers. */
export function fillNormal(key: Uint32Array, out: FloatArray): void {
  const words = drawWords(key, purpose.normal, out.length)
  for (let i = 0; i < out.length; i++) out[i] = inverseNormal(toOpenUnit(words[2 * i], words[2 * i + 1]))
}

/** Whole numbers in [low, high). */
export function fillIntegers(key: Uint32Array, out: Int32Array, low: number, high: number): void {
  const words = drawWords(key, purpose.integers, out.length)
  for (let i = 0; i < out.length; i++) {
    out[i] = low + Math.floor((high - low) * toUnit(words[2 * i], words[2 * i + 1]))
  }
}

/** The numbers 0 … n − 1 in the order of a Fisher–Yates shuffle. */
export function fillPermutation(key: Uint32Array, out: Int32Array): void {
  const words = drawWords(key, purpose.permutation, out.length)
  for (let i = 0; i < out.length; i++) out[i] = i
  for (let last = out.length - 1; last > 0; last--) {
    const chosen = Math.floor((last + 1) * toUnit(words[2 * last], words[2 * last + 1]))
    const held = out[last]
    out[last] = out[chosen]
    out[chosen] = held
  }
}
