import fc, { type Arbitrary } from 'fast-check'
import type { DType } from '../../dtype.ts'
import type { AxisParams, CumulativeParams } from '../../ops/reduction/along-axis.ts'
import type { ReduceParams } from '../../ops/reduction/fold.ts'
import { type Shape, sizeOf } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import type { Call, CaseRow, CaseTable, Values } from '../case.ts'
import { axesOf, distinct, ordinary, shape, shapeAndAxis, tensorOf } from '../draw.ts'
import { axisSubsets, shapes } from '../shapes.ts'
import { exact, inTerms } from '../tolerance.ts'
import { filled, plain, sparse, special } from '../values.ts'

/** Beside the common shapes: long and short along either axis, and five axes, so that some are reduced between others. */
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

function* reductions(
  dtype: DType,
  fills: readonly Fill[],
  isEmptyAllowed: boolean,
): Iterable<Call<ReduceParams>> {
  for (const s of reduced) {
    for (const axes of axisSubsets(s.length)) {
      if (!isEmptyAllowed && axes.some((axis) => s[axis] === 0)) continue
      for (const fill of fills) {
        const params: ReduceParams = { axes, keepDims: axes.length % 2 === 1 }
        yield { inputs: [fill(dtype, s)], params }
      }
    }
  }
}

/** Factors near 1: a thousand of them neither overflow nor vanish. */
const factors: Fill = (dtype, s) => {
  const { values } = plain(dtype, s)
  return filled(dtype, s, (i) => (dtype.startsWith('float') ? 1 + values[i] / 100 : values[i]))
}

/** The same with zeros, infinities and NaN. */
const factorsAndHoles: Fill = (dtype, s) => {
  const { values } = factors(dtype, s)
  const holes = [0, -0, 3, Infinity, -1, -Infinity, Number.NaN]
  return filled(dtype, s, (i) => (dtype.startsWith('float') && i % 17 === 5 ? holes[i % 7] : values[i]))
}

/** Five whole numbers, so that there are ties. */
const tied: Fill = (dtype, s) => filled(dtype, s, (i) => (dtype === 'bool' ? i % 2 : (i * i + 1) % 5))

function* eachAxis(dtype: DType, fills: readonly Fill[]): Iterable<{ x: Values; axis: number }> {
  for (const s of reduced) {
    for (let axis = 0; axis < s.length; axis++) for (const fill of fills) yield { x: fill(dtype, s), axis }
  }
}

const smoothReduction = (entries: (s: Shape) => Arbitrary<Tensor>, nonEmpty = false) =>
  shape()
    .filter((s) => !nonEmpty || !s.includes(0))
    .chain((s) => fc.tuple(entries(s), axesOf(s), fc.boolean()))
    .map(([x, axes, keepDims]) => ({ inputs: [x], params: { axes, keepDims } }))

/** Every element of a reduced axis is a term. */
const reducedElements = ({ inputs: [x], params: { axes } }: Call<ReduceParams>): number =>
  sizeOf(axes.map((axis) => x.shape[axis]))

const fold = (fills: readonly Fill[]): CaseRow<ReduceParams> => ({
  calls: (dtype) => reductions(dtype, fills, true),
  tolerance: inTerms,
  terms: reducedElements,
  smooth: smoothReduction((s) => tensorOf(s, ordinary)),
})

const extreme: CaseRow<ReduceParams> = {
  calls: (dtype) => reductions(dtype, [plain, sparse, special], false),
  tolerance: exact,
  smooth: smoothReduction(distinct, true),
}

const argExtreme: CaseRow<AxisParams> = {
  *calls(dtype) {
    for (const { x, axis } of eachAxis(dtype, [tied, sparse, special])) {
      if (x.shape[axis] > 0) yield { inputs: [x], params: { axis } }
    }
  },
  tolerance: exact,
  smooth: shapeAndAxis
    .filter(([s, axis]) => s[axis] > 0)
    .chain(([s, axis]) => tensorOf(s, ordinary).map((x) => ({ inputs: [x], params: { axis } }))),
}

const cumulative = (fills: readonly Fill[]): CaseRow<CumulativeParams> => ({
  *calls(dtype) {
    for (const { x, axis } of eachAxis(dtype, fills)) {
      for (const reverse of [false, true]) yield { inputs: [x], params: { axis, reverse } }
    }
  },
  tolerance: inTerms,
  terms: ({ inputs: [x], params: { axis } }) => x.shape[axis],
  smooth: fc
    .tuple(shapeAndAxis, fc.boolean())
    .chain(([[s, axis], reverse]) =>
      tensorOf(s, ordinary).map((x) => ({ inputs: [x], params: { axis, reverse } })),
    ),
})

/** Pairs of what two iterables give in turn. */
function* together<A, B>(first: Iterable<A>, second: Iterable<B>): Iterable<[A, B]> {
  const others = second[Symbol.iterator]()
  for (const one of first) yield [one, others.next().value as B]
}

export const reductionCases = {
  sum: fold([plain, sparse, special]),
  prod: fold([factors, factorsAndHoles]),
  max: extreme,
  min: extreme,
  argMax: argExtreme,
  argMin: argExtreme,
  cumsum: cumulative([plain, sparse]),
  cumprod: cumulative([factors, factorsAndHoles]),
  linearRecurrence: {
    *calls(dtype) {
      for (const [{ x }, { x: b, axis }] of together(
        eachAxis(dtype, [factors, factorsAndHoles]),
        eachAxis(dtype, [plain, sparse]),
      )) {
        for (const reverse of [false, true]) yield { inputs: [x, b], params: { axis, reverse } }
      }
    },
    tolerance: inTerms,
    // Each of the terms is a product of as many factors at most.
    terms: ({ inputs: [x], params: { axis } }) => 2 * x.shape[axis],
    smooth: fc
      .tuple(shapeAndAxis, fc.boolean())
      .chain(([[s, axis], reverse]) =>
        fc
          .tuple(tensorOf(s, ordinary), tensorOf(s, ordinary))
          .map((inputs) => ({ inputs, params: { axis, reverse } })),
      ),
  },
} satisfies Partial<CaseTable>
