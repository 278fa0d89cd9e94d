import {
  cast,
  gather,
  key as keyOf,
  matmul,
  mul,
  reshape,
  scope,
  square,
  sum,
  type Tensor,
  tensor,
} from '@facet/tensor'
import { widestFloat } from '@facet/tensor/dispatch'
import { imageGradient } from '../banks/image-gradient.ts'
import { orbitScale } from '../banks/orbit-scale.ts'
import { smoothedDerivative } from '../banks/smoothed-derivative.ts'
import { type LearnedBankOptions, learnedBank } from './learned-bank.ts'
import type { LearnedStencils } from './stencils.ts'
import { tapsOf } from './taps.ts'

/** What a stencil is like: shares between 0 and 1, squared correlations over samples and places. */
export interface StencilResponse {
  /** Of the samples themselves that the stencil's response explains. */
  readonly identity: number
  /** Of dx/dt along a line; of ∂x across and down in an image. */
  readonly derivative: readonly number[]
}

/**
 * How much of x and of its derivative each stencil explains: `(Σ r y)² / (Σ r² Σ y²)` over all samples and places, r the stencil's response,
 * y the samples or their smoothed derivative (docs/mathematics.md 6.1).
 *
 * @param data [n, d]; of a line that was learned in an order, in that order
 *
 * @example
 * import { init, key } from '@facet/tensor'
 * import { learnedBank, stencilResponse } from '@facet/regularizers'
 * await init()
 * const data = key('series').normal([20, 64])
 * stencilResponse(learnedBank(data).learned, data)[1].derivative // [a share]: of white noise it is small
 */
export function stencilResponse(learned: LearnedStencils, data: Tensor): StencilResponse[] {
  const { shape, stencils } = learned
  const taps = tapsOf(shape, data.shape[1])
  return scope(() => {
    const x = cast(data, widestFloat('stencilResponse'))
    const planes = reshape(x, [x.shape[0] * taps.channels, taps.area])
    const operators = tensor(
      stencils.map((c) => [...c]),
      { dtype: x.dtype },
    )
    const responses = matmul(operators, taps.shifted(x))
    const derivatives = derivativesOf(shape, planes)
    return stencils.map((_, k) => {
      const response = reshape(gather(responses, tensor([k], { dtype: 'int32' }), 1), planes.shape)
      return {
        identity: squaredCorrelation(response, planes),
        derivative: derivatives.map((y) => squaredCorrelation(response, y)),
      }
    })
  })
}

function derivativesOf(shape: LearnedStencils['shape'], planes: Tensor): Tensor[] {
  if (shape === 'line') return [smoothedDerivative(planes.shape[1])(planes)]
  const { height, width } = shape
  const { across, down } = imageGradient(height, width)(reshape(planes, [planes.shape[0], height, width]))
  return [across, down].map((y) => reshape(y, planes.shape))
}

function squaredCorrelation(r: Tensor, y: Tensor): number {
  const [both, ofR, ofY] = [mul(r, y), square(r), square(y)].map((t) => sum(t).item())
  return ofR === 0 || ofY === 0 ? 0 : both ** 2 / (ofR * ofY)
}

/**
 * The share of the differences between nearest neighbours that a learned bank explains on samples it has not seen: the data are divided
 * in two by `options.key`, a bank is learned from each half, and its `explainedFraction` ({@link orbitScale}) is taken of the pairs
 * within the other half; the mean of the two.
 *
 * @param data [n, d], the training part only; at least 8 rows
 * @throws as {@link learnedBank} does
 * @example
 * import { init, key } from '@facet/tensor'
 * import { heldOutExplained } from '@facet/regularizers'
 * await init()
 * const data = key('series').normal([40, 64])
 * const [learned, random] = [heldOutExplained(data), heldOutExplained(data, { stencils: 'random' })]
 */
export function heldOutExplained(data: Tensor, options: LearnedBankOptions = {}): number {
  const order = (options.key ?? keyOf(0)).child('heldOutExplained').permutation(data.shape[0])
  const half = Math.floor(order.length / 2)
  const parts = [order.slice(0, half), order.slice(half)]
  return scope(() => {
    const [first, second] = parts.map((rows) => gather(data, tensor(rows)))
    const shareOf = (learnedFrom: Tensor, seen: Tensor): number => {
      const { explainedFraction, ...kept } = orbitScale(learnedBank(learnedFrom, options), seen)
      for (const tensor of Object.values(kept)) tensor.dispose()
      return explainedFraction
    }
    return (shareOf(first, second) + shareOf(second, first)) / 2
  })
}
