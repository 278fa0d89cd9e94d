import {
  add,
  cast,
  expandDims,
  gather,
  inverse,
  type Key,
  matmul,
  mean,
  mul,
  scope,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { widestFloat } from '@facet/tensor/dispatch'
import type { GeneratorBank } from '../banks/generator-bank.ts'
import { nearestNeighbours } from '../banks/nearest-neighbours.ts'
import { kroneckerFactors, kroneckerProduct } from './kronecker.ts'
import { spectrumOf } from './patch-pca.ts'

/** Nearest neighbours of a sample, pairs at most, steps, and the tempering τ of the noise (docs/mathematics.md 6.5). */
const neighbours = 3
const mostPairs = 300
const iterations = 30
const tempering = 4

/** Of the mean square difference a place: what noise is left at least, where a bank explains differences to rounding. */
const leastNoise = 1e-6

/** Tangents held at a time: 32 MB in float64. */
const mostTangents = 2 ** 22

/**
 * Which mixtures of stencils carry samples to their neighbours: the covariance of ε over pairs of neighbours by
 * expectation–maximisation, a Kronecker product of stencils and places, and the leading eigenvectors of its factor of stencils
 * (docs/mathematics.md 6.5).
 *
 * @param data [n, d]
 * @param bank of `kinds` stencils, ε of a stencil side by side
 * @returns [count, kinds], of length 1 each
 */
export function emMixing(
  data: Tensor,
  bank: Omit<GeneratorBank, 'settings'>,
  kinds: number,
  count: number,
  key: Key,
): number[][] {
  const pairs = pairsOf(data, bank, key)
  // Where all neighbours are the same sample nothing is known of any stencil.
  if (pairs.noise === 0) return diagonal(kinds, 1).slice(0, count)
  let stencils = diagonal(kinds, pairs.noise / bank.size)
  let positions = diagonal(bank.size / kinds, 1)
  let noise = pairs.noise / 2
  for (let i = 0; i < iterations; i++) {
    const step = expectation(pairs, kroneckerProduct(stencils, positions), noise, bank.dimension)
    noise = Math.max(step.noise, leastNoise * pairs.noise)
    ;({ stencils, positions } = kroneckerFactors(step.secondMoment, kinds, positions))
  }
  const { values, vectors } = spectrumOf(Float64Array.from(stencils.flat()), kinds)
  const order = [...values.keys()].sort((a, b) => values[b] - values[a])
  return order.slice(0, count).map((k) => Array.from({ length: kinds }, (_, i) => vectors[i * kinds + k]))
}

interface Pairs {
  /** `Tᵀ T` [P, B, B] */
  readonly gram: Float64Array
  /** `Tᵀ D` [P, B] */
  readonly rhs: Float64Array
  /** `‖D‖²` [P] */
  readonly squares: Float64Array
  readonly count: number
  readonly size: number
  /** mean ‖D‖² / d */
  readonly noise: number
}

/** The systems of at most 300 pairs of a training sample and one of its nearest others. */
function pairsOf(data: Tensor, bank: Omit<GeneratorBank, 'settings'>, key: Key): Pairs {
  const k = Math.min(neighbours, data.shape[0] - 1)
  const nearest = nearestNeighbours(data, k)
  const all = key.child('pairs').permutation(nearest.length)
  const chosen = all.slice(0, mostPairs).sort()
  const [count, size] = [chosen.length, bank.size]
  const gram = new Float64Array(count * size * size)
  const rhs = new Float64Array(count * size)
  const squares = new Float64Array(count)
  const exact = widestFloat('learnedBank')
  const chunk = Math.max(1, Math.floor(mostTangents / (size * bank.dimension)))
  for (let from = 0; from < count; from += chunk) {
    const part = chosen.slice(from, from + chunk)
    const pick = (rowOf: (pair: number) => number): Tensor =>
      cast(gather(data, tensor(Int32Array.from(part, rowOf))), exact)
    scope(() => {
      const base = pick((pair) => Math.floor(pair / k))
      const difference = sub(
        pick((pair) => nearest[pair]),
        base,
      )
      const tangents = bank.tangents(base)
      gram.set(matmul(tangents, tangents, { transposeB: true }).dataSync(), from * size * size)
      rhs.set(matmul(tangents, expandDims(difference, 2)).dataSync(), from * size)
      squares.set(sum(square(difference), 1).dataSync(), from)
    })
  }
  const noise = squares.reduce((a, b) => a + b, 0) / count / bank.dimension
  return { gram, rhs, squares, count, size, noise }
}

/** `Σ = (C⁻¹ + TᵀT/(s²τ))⁻¹`, `m = Σ TᵀD/(s²τ)` of every pair: the mean of `m mᵀ + Σ` [B, B], and the new s². */
function expectation(
  { gram, rhs, squares, count, size }: Omit<Pairs, 'noise'>,
  covariance: readonly (readonly number[])[],
  noise: number,
  dimension: number,
): { secondMoment: number[][]; noise: number } {
  const dtype = widestFloat('learnedBank')
  return scope(() => {
    const systems = tensor(gram, { shape: [count, size, size], dtype })
    const sides = tensor(rhs, { shape: [count, size, 1], dtype })
    const precision = 1 / (noise * tempering)
    const posterior = inverse(
      add(inverse(tensor(covariance as number[][], { dtype })), mul(systems, precision)),
    )
    const means = mul(matmul(posterior, sides), precision)
    const secondMoment = mean(add(posterior, matmul(means, means, { transposeB: true })), 0)
    const along = sum(mul(means, sides)).item()
    const explained = sum(mul(means, matmul(systems, means))).item()
    const spread = sum(mul(systems, posterior)).item()
    const total = squares.reduce((a, b) => a + b, 0)
    return {
      secondMoment: secondMoment.toArray() as number[][],
      noise: (total - 2 * along + explained + spread) / (count * dimension),
    }
  })
}

const diagonal = (size: number, value: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? value : 0)))
