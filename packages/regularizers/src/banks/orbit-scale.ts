import {
  cast,
  eigh,
  gather,
  greater,
  type Key,
  keep,
  matmul,
  max,
  mul,
  reshape,
  scope,
  sqrt,
  square,
  sum,
  Tensor,
  tensor,
  where,
} from '@facet/tensor'
import {
  aCount,
  expectCount,
  expectNumber,
  type OptionsOf,
  optionTable,
  withDefault,
} from '@facet/tensor/checks'
import { widestFloat } from '@facet/tensor/dispatch'
import type { GeneratorModel } from '../generators/generator-model.ts'
import { fromSpectrum, rankTolerance } from '../minimum-norm.ts'
import { aRidge, solveEpsilonOfRows } from '../solve-epsilon.ts'
import { constant, perDType } from './constants.ts'
import { expectBank, expectMade, expectSamples } from './expect-arguments.ts'
import type { GeneratorBank } from './generator-bank.ts'
import { nearestNeighbours } from './nearest-neighbours.ts'

const orbitScaleOptions = optionTable('orbitScale', {
  /** Nearest neighbours of every sample; default 3. */
  neighbours: withDefault(aCount(), 3),
  /** Default `{ relative: 0.03 }`. */
  ridge: withDefault(aRidge, { relative: 0.03 }),
})

/** The settings of {@link orbitScale}. */
export type OrbitScaleOptions = OptionsOf<typeof orbitScaleOptions>

/** How far the samples of a set lie from their neighbours along a bank, all in units of the prior scales. */
export interface OrbitScale {
  /** `C^{1/2}` [B, B], symmetric. */
  readonly root: Tensor
  /** `C = mean ε εᵀ` [B, B]. */
  readonly covariance: Tensor
  /** ε [n·k, B]: of sample i towards its neighbours at rows i·k … i·k + k − 1, nearest first. */
  readonly epsilon: Tensor
  /** `1 − Σ ‖x_j − x_i − Σ_b ε_b G_b x_i‖² / Σ ‖x_j − x_i‖²` over all pairs; 0 where every neighbour is a duplicate. */
  readonly explainedFraction: number
}

/** Tangents held at a time: 16 MB in float32, times about three while ε is solved. */
const mostTangents = 2 ** 22

/**
 * The scale of ε from data (docs/mathematics.md 6.2): for every sample x_i and its nearest neighbours x_j the closed form
 * of Prop. 2, as `lieGroupFirstOrder` solves it, with base x_i and target x_j, in units of the prior scales.
 *
 * @param data [n, d], the training part only: what validation and test samples look like must not enter.
 * @throws RangeError for data of another dimension or of too few rows; TypeError for an unknown option or what is no bank.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { drawEpsilon, orbitScale, seriesBank } from '@facet/regularizers'
 * await init()
 * const bank = seriesBank({ length: 32, bumps: 4 })
 * const data = key('series').normal([20, 32])
 * const scale = orbitScale(bank, data)
 * scale.epsilon.shape // [60, 8]
 * bank.act(data, drawEpsilon(bank, scale, 1.5, 20, key('epsilon'))).shape // [20, 32]
 */
export function orbitScale(bank: GeneratorBank, data: Tensor, options: OrbitScaleOptions = {}): OrbitScale {
  expectBank('orbitScale', bank)
  const { neighbours, ridge } = orbitScaleOptions.resolve(options)
  const settings = { method: 'ridge', ridge, differentiateEpsilon: false } as const
  expectSamples(bank, data)

  const { size, dimension } = bank
  const targets = nearestNeighbours(data, neighbours)
  const bases = targets.map((_, pair) => Math.floor(pair / neighbours))
  const generators = inPriorUnits(bank, data)
  // What is summed over all pairs; `gpu` has no float64.
  const exact = widestFloat('orbitScale')
  const squaredSize = (x: Tensor): number => sum(square(cast(x, exact))).item()
  const epsilon = new Float64Array(targets.length * size)
  let [left, all] = [0, 0]
  const chunk = Math.max(1, Math.floor(mostTangents / (size * dimension)))
  for (let from = 0; from < targets.length; from += chunk) {
    const pick = (indices: Int32Array): Tensor => {
      const places = indices.slice(from, from + chunk)
      return reshape(gather(data, tensor(places)), [places.length, 1, dimension])
    }
    scope(() => {
      const solution = solveEpsilonOfRows(pick(bases), pick(targets), generators, settings)
      epsilon.set(solution.epsilon.dataSync(), from * size)
      left += squaredSize(solution.residual)
      all += squaredSize(solution.difference)
    })
  }
  const scale = scope(() => {
    const pairs = tensor(epsilon, { shape: [targets.length, size], dtype: exact })
    const covariance = mul(matmul(pairs, pairs, { transposeA: true }), 1 / targets.length)
    const { values, vectors } = eigh(covariance)
    // Directions that no pair takes have eigenvalues of rounding, 1e-16 of the largest, whose roots would be 1e-8 of it: the
    // backends differed by 1.6e-7 in float64 where there are more generators than pixels.
    const kept = greater(values, mul(max(values), rankTolerance(size, values.dtype)))
    const root = fromSpectrum(vectors, sqrt(where(kept, values, 0)))
    const [own, ofPairs, ofRoot] = [covariance, pairs, root].map((t) => cast(t, data.dtype))
    return { root: keep(ofRoot), covariance: keep(own), epsilon: keep(ofPairs) }
  })
  return { ...scale, explainedFraction: all === 0 ? 0 : 1 - left / all }
}

/**
 * ε of random group elements, `s · C^{1/2} n` with n ~ N(0, I), times the prior scales (mathematics.md 6.2).
 *
 * @param s how far, in units of the distances to the neighbours; at least 0. A scalar tensor is taken as it is.
 * @param count how many elements N
 * @returns [N, B] in the natural units of `bank.act`, of the dtype of the scale
 * @throws RangeError for an s or a count out of range, or the scale of a bank of another size.
 */
export function drawEpsilon(
  bank: GeneratorBank,
  scale: Pick<OrbitScale, 'root'>,
  s: number | Tensor,
  count: number,
  key: Key,
): Tensor {
  if (!(s instanceof Tensor)) expectNumber('drawEpsilon', 's', s)
  expectCount('drawEpsilon', 'count', count, 0)
  const { root } = scale
  if (root.shape[0] !== bank.size) {
    throw new RangeError(
      `drawEpsilon: scale: expected that of '${bank.name}', ${bank.size} generators, got one of ${root.shape[0]}`,
    )
  }
  const normal = key.normal([count, bank.size], root.dtype === 'float64' ? 'float64' : 'float32')
  return mul(matmul(normal, root), mul(priorScaleOf(bank)(root.dtype), s))
}

/** The bank as `solveEpsilonOfRows` knows generators, each times its prior scale. */
function inPriorUnits(bank: GeneratorBank, data: Tensor): Pick<GeneratorModel, 'apply'> {
  const scale = reshape(priorScaleOf(bank)(data.dtype), [bank.size, 1])
  return {
    apply(rows) {
      const [count, { size, dimension }] = [rows.shape[0], bank]
      const member = bank.measuredAlong === undefined ? 'tangents' : 'measuredAlong'
      const tangents = expectMade(bank, member, bank[member]!(rows), [count, size, dimension], rows)
      return reshape(mul(tangents, scale), [count, size * dimension])
    },
  }
}

const priorScales = new WeakMap<GeneratorBank, ReturnType<typeof perDType<Tensor>>>()

/** The prior scales [B] of a bank as a tensor that is made once. */
function priorScaleOf(bank: GeneratorBank): ReturnType<typeof perDType<Tensor>> {
  let known = priorScales.get(bank)
  if (known === undefined) {
    known = perDType((dtype) => constant(bank.priorScale, [bank.size], dtype))
    priorScales.set(bank, known)
  }
  return known
}
