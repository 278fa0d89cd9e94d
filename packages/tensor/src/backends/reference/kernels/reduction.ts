import type { Kernel } from '../../../backend.ts'
import type { TypedArray } from '../../../dtype.ts'
import type { AxisParams, CumulativeParams } from '../../../ops/reduction/along-axis.ts'
import type { ReduceParams } from '../../../ops/reduction/fold.ts'
import { stridesOf } from '../../../shape.ts'
import { splitAtAxis } from '../axis.ts'
import { stridedLoop } from '../loop.ts'
import { orWhole } from '../pointwise.ts'
import type { KernelFamily } from './family.ts'

/** Joins the elements along the axes one by one, from `start`, in float64. */
const reduce =
  (start: number, f: (accumulator: number, x: number) => number): Kernel<TypedArray, ReduceParams> =>
  ([x], [y], { axes }) => {
    const a = x.buffer
    const totals = new Float64Array(y.size).fill(start)
    // Strides of the result, seen in the shape of x: 0 along the axes that vanish.
    const kept = stridesOf(x.shape.map((length, i) => (axes.includes(i) ? 1 : length)))
    const loop = stridedLoop(x.shape, [kept.map((stride, i) => (axes.includes(i) ? 0 : stride))])
    const step = loop.innerStrides[0]
    loop.forEach((at, starts) => {
      const p = starts[0]
      if (step === 0) {
        let total = totals[p]
        for (let j = 0; j < loop.inner; j++) total = f(total, a[at + j])
        totals[p] = total
      } else {
        for (let j = 0; j < loop.inner; j++) totals[p + j * step] = f(totals[p + j * step], a[at + j])
      }
    })
    y.buffer.set(totals)
  }

/** Index of the best element along an axis, the first on ties; NaN beats all numbers. */
const argReduce =
  (better: (candidate: number, best: number) => boolean): Kernel<TypedArray, AxisParams> =>
  ([x], [y], { axis }) => {
    const [outer, length, inner] = splitAtAxis(x.shape, axis)
    const a = x.buffer
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const base = o * length * inner + i
        let best = 0
        for (let k = 1; k < length; k++) {
          const now = a[base + best * inner]
          const next = a[base + k * inner]
          if (!Number.isNaN(now) && (better(next, now) || Number.isNaN(next))) best = k
        }
        y.buffer[o * inner + i] = best
      }
    }
  }

/** A recurrence along an axis, in float64: `next` makes each result of the one before, of element x and, where there are two inputs, of factor a. */
const cumulate =
  (
    start: number,
    next: (total: number, x: number, a: number, step: number) => number,
  ): Kernel<TypedArray, CumulativeParams> =>
  (inputs, [y], { axis, reverse }) => {
    const [outer, length, inner] = splitAtAxis(y.shape, axis)
    const [a, x] = [inputs[0].buffer, inputs[inputs.length - 1].buffer]
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let total = start
        for (let step = 0; step < length; step++) {
          const k = reverse ? length - 1 - step : step
          const at = (o * length + k) * inner + i
          total = next(total, x[at], a[at], step)
          y.buffer[at] = total
        }
      }
    }
  }

export const reductionKernels = {
  sum: reduce(0, (total, x) => total + x),
  prod: orWhole(
    reduce(1, (total, x) => total * x),
    reduce(1, Math.imul),
  ),
  max: reduce(Number.NEGATIVE_INFINITY, Math.max),
  min: reduce(Number.POSITIVE_INFINITY, Math.min),
  argMax: argReduce((candidate, best) => candidate > best),
  argMin: argReduce((candidate, best) => candidate < best),

  cumsum: cumulate(0, (total, x) => total + x),
  cumprod: orWhole(
    cumulate(1, (total, x) => total * x),
    cumulate(1, Math.imul),
  ),
  linearRecurrence: orWhole(
    cumulate(0, (total, x, a, step) => (step === 0 ? x : a * total + x)),
    cumulate(0, (total, x, a, step) => (step === 0 ? x : (Math.imul(a, total) + x) | 0)),
  ),
} satisfies KernelFamily
