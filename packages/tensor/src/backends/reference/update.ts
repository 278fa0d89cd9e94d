import type { TypedArray } from '../../dtype.ts'
import { wholePower } from '../../elementary/whole-power.ts'
import { type ContributionOperand, epsilonOf, leastMoment, type UpdateKernels } from '../../update-table.ts'
import { addRowTimesColumns } from './row-products.ts'

/** Elements of the gradient that exist at a time. */
const CHUNK = 4096
const chunk = new Float64Array(CHUNK)

/** Elements `from … to − 1` of the summed gradient, into the start of `chunk`. */
function gradientChunk(terms: readonly ContributionOperand<TypedArray>[], from: number, to: number): void {
  chunk.fill(0)
  for (const term of terms) {
    if ('buffer' in term) {
      for (let at = from; at < to; at++) chunk[at - from] += term.buffer[at]
      continue
    }
    const { left, right } = term
    const [count, m] = left.shape
    const n = right.shape[1]
    for (let at = from; at < to; ) {
      const i = Math.floor(at / n)
      const end = Math.min(to, (i + 1) * n)
      const totals = chunk.subarray(at - from, end - from)
      addRowTimesColumns(totals, left.buffer, i, m, right.buffer, at - i * n, n, count, end - at)
      at = end
    }
  }
}

/** 0 for what is smaller than a bound; NaN is not. */
const flushed = (x: number, least: number): number => (Math.abs(x) < least ? 0 : x)

/** Adam, whose weight decay is added to the gradient or taken from the parameter. */
const adam =
  (isDecoupled: boolean): UpdateKernels<TypedArray>['adam'] =>
  (
    { parameter, firstMoment, secondMoment },
    gradient,
    { learningRate, beta1, beta2, epsilon, step, weightDecay },
  ) => {
    const x = parameter.buffer
    const first = firstMoment.buffer
    const second = secondMoment.buffer
    const rate = learningRate / (1 - wholePower(beta1, step))
    const scale = 1 / Math.sqrt(1 - wholePower(beta2, step))
    const least = leastMoment(parameter.dtype)
    const more = epsilonOf(epsilon, beta2, parameter.dtype)
    const added = isDecoupled ? 0 : weightDecay
    const taken = isDecoupled ? learningRate * weightDecay : 0
    for (let from = 0; from < x.length; from += CHUNK) {
      const to = Math.min(x.length, from + CHUNK)
      gradientChunk(gradient, from, to)
      for (let at = from; at < to; at++) {
        const g = added === 0 ? chunk[at - from] : chunk[at - from] + added * x[at]
        const m = flushed(beta1 * first[at] + (1 - beta1) * g, least)
        const v = flushed(beta2 * second[at] + (1 - beta2) * g * g, least)
        first[at] = m
        second[at] = v
        const step = (rate * m) / (Math.sqrt(v) * scale + more)
        x[at] = taken === 0 ? x[at] - step : flushed(x[at] - (taken * x[at] + step), least)
      }
    }
  }

export const updates: UpdateKernels<TypedArray> = {
  accumulate({ parameter }, gradient, { weight, decay }) {
    const x = parameter.buffer
    const least = leastMoment(parameter.dtype)
    for (let from = 0; from < x.length; from += CHUNK) {
      const to = Math.min(x.length, from + CHUNK)
      gradientChunk(gradient, from, to)
      for (let at = from; at < to; at++) {
        const more = weight * chunk[at - from]
        x[at] = flushed(decay === 1 ? more : x[at] + (more - decay * x[at]), least)
      }
    }
  },

  sgd({ parameter, velocity }, gradient, { learningRate, momentum, weightDecay }) {
    const x = parameter.buffer
    const v = velocity.buffer
    const least = leastMoment(velocity.dtype)
    for (let from = 0; from < x.length; from += CHUNK) {
      const to = Math.min(x.length, from + CHUNK)
      gradientChunk(gradient, from, to)
      for (let at = from; at < to; at++) {
        v[at] = flushed(momentum * v[at] + chunk[at - from] + weightDecay * x[at], least)
        x[at] -= learningRate * v[at]
      }
    }
  },

  adam: adam(false),
  adamW: adam(true),
}
