import { inverseNormal } from './inverse-normal.ts'
import { type Purpose, purpose } from './purpose.ts'
import { threefry } from './threefry.ts'

type FloatArray = Float32Array | Float64Array

/** What floats are drawn from: N(0, deviation²), or evenly from [low, high), two finite numbers of the dtype that are a finite distance apart. */
export type Law =
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }

/** Draws whose words exist at a time: 16 KB instead of 16 bytes for every draw. */
const CHUNK = 2048

/**
 * Visits the draws in pieces, with two random words for each. Those of draw i depend on the key, the purpose and i alone: a longer draw
 * begins with the shorter one.
 */
function eachChunk(
  key: Uint32Array,
  kind: Purpose,
  count: number,
  visit: (words: Uint32Array, from: number, last: number) => void,
): void {
  const words = new Uint32Array(4 * Math.ceil(Math.min(count, CHUNK) / 2))
  for (let from = 0; from < count; from += CHUNK) {
    threefry(key, from / 2, 0, kind, 0, words)
    visit(words, from, Math.min(count, from + CHUNK))
  }
}

/** A multiple of 2⁻⁵³ in [0, 1). */
const toUnit = (a: number, b: number): number => ((a >>> 5) * 2 ** 26 + (b >>> 6)) * 2 ** -53

/** A multiple of 2⁻²⁴ in [0, 1): {@link toUnit} with its low bits cut off, so that float32 cannot round it up to 1. */
const toUnitSingle = (a: number): number => (a >>> 8) * 2 ** -24

/** An odd multiple of 2⁻⁵³ in (0, 1), symmetric about ½: neither 0 nor 1, whose normal quantiles are infinite. */
export const toOpenUnit = (a: number, b: number): number => ((a >>> 6) * 2 ** 26 + (b >>> 6) + 0.5) * 2 ** -52

/**
 * The draws of a key: what every backend gives to the last bit. Uniforms have 53 random bits, in float32 the upper 24; one that rounds to
 * `high` in the dtype of `out` becomes `low`. Normals are the quantiles of uniforms in (0, 1) with 52 bits, so |z| ≤ 8.21, times the
 * deviation in float64, and in float32 the same numbers rounded.
 */
export function fillDraws(key: Uint32Array, law: Law, out: FloatArray): void {
  if (law.kind === 'normal') fillNormal(key, out, law.deviation)
  else fillUniform(key, out, law.low, law.high)
}

function fillUniform(key: Uint32Array, out: FloatArray, low: number, high: number): void {
  const single = out instanceof Float32Array
  eachChunk(key, purpose.uniform, out.length, (words, from, last) => {
    for (let i = from, w = 0; i < last; i++, w += 2) {
      const unit = single ? toUnitSingle(words[w]) : toUnit(words[w], words[w + 1])
      out[i] = low + (high - low) * unit
      if (out[i] >= high) out[i] = low
    }
  })
}

function fillNormal(key: Uint32Array, out: FloatArray, deviation: number): void {
  eachChunk(key, purpose.normal, out.length, (words, from, last) => {
    for (let i = from, w = 0; i < last; i++, w += 2)
      out[i] = deviation * inverseNormal(toOpenUnit(words[w], words[w + 1]))
  })
}

/** Whole numbers in [low, high). */
export function fillIntegers(key: Uint32Array, out: Int32Array, low: number, high: number): void {
  eachChunk(key, purpose.integers, out.length, (words, from, last) => {
    for (let i = from, w = 0; i < last; i++, w += 2)
      out[i] = low + Math.floor((high - low) * toUnit(words[w], words[w + 1]))
  })
}

/** The numbers 0 … n − 1 in the order of a Fisher–Yates shuffle. */
export function fillPermutation(key: Uint32Array, out: Int32Array): void {
  const words = new Uint32Array(4 * Math.ceil(out.length / 2))
  threefry(key, 0, 0, purpose.permutation, 0, words)
  for (let i = 0; i < out.length; i++) out[i] = i
  for (let last = out.length - 1; last > 0; last--) {
    const chosen = Math.floor((last + 1) * toUnit(words[2 * last], words[2 * last + 1]))
    const held = out[last]
    out[last] = out[chosen]
    out[chosen] = held
  }
}
