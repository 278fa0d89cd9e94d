import {
  addAlongAxis,
  flip,
  gather,
  pad,
  reshape,
  type Shape,
  scatterAdd,
  slice,
  type Tensor,
  takeAlongAxis,
  transpose,
} from '@facet/tensor'
import { inversePermutation } from './inverse-permutation.ts'
import { type JvpRules, linearJvp, type VjpRules } from './rule.ts'

/** For each axis of `x`: `entry` at `axis`, `rest` at all others. */
const perAxis = <T>(x: Tensor, axis: number, entry: T, rest: T): T[] =>
  x.shape.map((_, i) => (i === axis ? entry : rest))

/** Lengths along `axis` of what a concatenation has before its input `i` and after it. */
function lengthsAround(xs: readonly Tensor[], axis: number, i: number): [before: number, after: number] {
  const total = (some: readonly Tensor[]): number => some.reduce((length, x) => length + x.shape[axis], 0)
  return [total(xs.slice(0, i)), total(xs.slice(i + 1))]
}

/** Puts the elements of a slice back to where they stood in a tensor of zeros of `shape`. */
function padBySteps(
  g: Tensor,
  shape: Shape,
  starts: readonly number[],
  sizes: readonly number[],
  steps: readonly number[],
): Tensor {
  const reaches = sizes.map((size, i) => Math.max(0, size - 1) * steps[i])
  const padding = shape.map((length, i): [number, number] => {
    const first = starts[i] + Math.min(0, reaches[i])
    return [first, length - first - (sizes[i] === 0 ? 0 : Math.abs(reaches[i]) + 1)]
  })
  const backwards = [...shape.keys()].filter((i) => reaches[i] < 0)
  return pad(flip(g, backwards), padding, { interior: steps.map((step) => Math.abs(step) - 1) })
}

/** Rules that hold in both modes. `oneHot` is constant in its indices. */
export const layoutRules = {
  // Whoever asks broadcasts a tangent, and sums a cotangent back.
  broadcastTo: (t) => t,
  flip: (t, { params: { axes } }) => flip(t, axes),
  oneHot: null,
} satisfies JvpRules

export const layoutVjp = {
  reshape: (g, { x }) => reshape(g, x[0].shape),
  transpose: (g, { params }) => transpose(g, inversePermutation(params.axes)),
  concat: (g, { x, params: { axis } }, i) =>
    slice(g, perAxis(g, axis, lengthsAround(x, axis, i)[0], 0), x[i].shape),
  slice: (g, { x, params: { starts, sizes, steps } }) =>
    steps === undefined
      ? pad(
          g,
          x[0].shape.map((length, i) => [starts[i], length - starts[i] - sizes[i]]),
        )
      : padBySteps(g, x[0].shape, starts, sizes, steps),
  pad: (g, { x, params: { padding, interior } }) =>
    slice(
      g,
      padding.map(([before]) => before),
      x[0].shape,
      interior?.map((count) => count + 1),
    ),
  gather: [(g, { x, params: { axis } }) => scatterAdd(g, x[1], x[0].shape[axis], axis), null],
  scatterAdd: [(g, { x, params: { axis } }) => gather(g, x[1], axis), null],
  takeAlongAxis: [(g, { x, params: { axis } }) => addAlongAxis(g, x[1], x[0].shape[axis], axis), null],
  addAlongAxis: [(g, { x, params: { axis } }) => takeAlongAxis(g, x[1], axis), null],
} satisfies VjpRules

export const layoutJvp = {
  reshape: linearJvp,
  transpose: linearJvp,
  concat: (t, { x, params: { axis } }, i) => pad(t, perAxis(t, axis, lengthsAround(x, axis, i), [0, 0])),
  slice: linearJvp,
  pad: (t, { params: { padding, interior } }) => pad(t, padding, interior === undefined ? 0 : { interior }),
  gather: [linearJvp, null],
  scatterAdd: [linearJvp, null],
  takeAlongAxis: [linearJvp, null],
  addAlongAxis: [linearJvp, null],
} satisfies JvpRules
