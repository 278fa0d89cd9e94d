import type { DType } from '../../dtype.ts'
import type { ReduceParams } from '../../op-params.ts'
import type { Shape } from '../../shape.ts'
import type { Case, CaseTable, Values } from './case.ts'
import { axisSubsets, shapes } from './shapes.ts'
import { filled, plain, sparse, special } from './values.ts'

/** Beside the common ones: long and short along either axis, and a rank where axes lie between others. */
const reduced: readonly Shape[] = [
  ...shapes,
  ...[
    [257, 3],
    [3, 257],
    [5, 8],
    [17, 33],
    [64, 65],
    [1000, 2],
    [3, 4, 5],
    [2, 0, 3],
    [2, 3, 2, 3, 4],
  ],
]

type Fill = (dtype: DType, shape: Shape) => Values

function* reductions(dtype: DType, fills: readonly Fill[], isEmptyAllowed: boolean): Iterable<Case<'sum'>> {
  for (const shape of reduced) {
    for (const axes of axisSubsets(shape.length)) {
      if (!isEmptyAllowed && axes.some((axis) => shape[axis] === 0)) continue
      for (const fill of fills) {
        const params: ReduceParams = { axes, keepDims: axes.length % 2 === 1 }
        yield { inputs: [fill(dtype, shape)], params }
      }
    }
  }
}

/** Factors near 1: a thousand of them neither overflow nor vanish. */
const factors: Fill = (dtype, shape) => {
  const { values } = plain(dtype, shape)
  return filled(dtype, shape, (i) => (dtype.startsWith('float') ? 1 + values[i] / 100 : values[i]))
}

/** The same with zeros, infinities and NaN. */
const factorsAndHoles: Fill = (dtype, shape) => {
  const { values } = factors(dtype, shape)
  const holes = [0, -0, 3, Infinity, -1, -Infinity, Number.NaN]
  return filled(dtype, shape, (i) => (dtype.startsWith('float') && i % 17 === 5 ? holes[i % 7] : values[i]))
}

/** Whole numbers of few kinds, so that there are ties. */
const tied: Fill = (dtype, shape) => filled(dtype, shape, (i) => (dtype === 'bool' ? i % 2 : (i * i + 1) % 5))

function* eachAxis(dtype: DType, fills: readonly Fill[]): Iterable<{ x: Values; axis: number }> {
  for (const shape of reduced) {
    for (let axis = 0; axis < shape.length; axis++)
      for (const fill of fills) yield { x: fill(dtype, shape), axis }
  }
}

function* argExtremes(dtype: DType): Iterable<Case<'argMax'>> {
  for (const { x, axis } of eachAxis(dtype, [tied, sparse, special])) {
    if (x.shape[axis] > 0) yield { inputs: [x], params: { axis } }
  }
}

function* cumulative(dtype: DType): Iterable<Case<'cumsum'>> {
  for (const { x, axis } of eachAxis(dtype, [plain, sparse])) {
    for (const reverse of [false, true]) yield { inputs: [x], params: { axis, reverse } }
  }
}

const extremes = (dtype: DType) => reductions(dtype, [plain, sparse, special], false)

export const reductionCases = {
  sum: (dtype) => reductions(dtype, [plain, sparse, special], true),
  prod: (dtype) => reductions(dtype, [factors, factorsAndHoles], true),
  max: extremes,
  min: extremes,
  argMax: argExtremes,
  argMin: argExtremes,
  cumsum: cumulative,
} satisfies Partial<CaseTable>
