import type { Kernel } from '../../../backend.ts'
import type { TypedArray } from '../../../dtype.ts'
import type { AxisParams } from '../../../ops/reduction/along-axis.ts'
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

  cumsum([x], [y], { axis, reverse }) {
    const [outer, length, inner] = splitAtAxis(x.shape, axis)
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let total = 0
        for (let step = 0; step < length; step++) {
          const k = reverse ? length - 1 - step : step
          const at = (o * length + k) * inner + i
          total += x.buffer[at]
          y.buffer[at] = total
        }
      }
    }
  },
} satisfies KernelFamily
