import fc from 'fast-check'
import type { Shape } from '../../../shape.ts'
import type { CaseTable, Values } from '../../case.ts'
import { indices, length, ordinary, shapeAndAxis, tensorOf } from '../../draw.ts'
import { exact, inTerms } from '../../tolerance.ts'
import { draws, filled, plain, special } from '../../values.ts'

const tried: readonly Shape[] = [[7], [4, 5], [17, 3], [2, 3, 9], [0, 3], [3, 0], [2, 3, 2, 3, 2]]

/** Indices below `below` in a shape. */
const drawnIndices = (s: Shape, below: number): Values => {
  const draw = draws(below)
  return filled('int32', s, () => Math.floor(draw() * below))
}

/** A shape with an axis of its own length, and one with another there. */
function* pairs(lengths: readonly number[]): Iterable<{ own: Shape; other: Shape; axis: number }> {
  for (const own of tried) {
    for (let axis = 0; axis < own.length; axis++) {
      for (const l of lengths) yield { own, other: own.with(axis, l), axis }
    }
  }
}

const smoothPair = fc
  .tuple(shapeAndAxis, length)
  .filter(([[s, axis], other]) => s.with(axis, other).reduce((n, l) => n * l, 1) <= 12)

export const alongAxisCases = {
  takeAlongAxis: {
    *calls(dtype) {
      for (const { own, other, axis } of pairs([0, 1, 3, 8, 33])) {
        if (own[axis] === 0 && !other.includes(0)) continue
        yield { inputs: [special(dtype, own), drawnIndices(other, own[axis])], params: { axis } }
      }
    },
    tolerance: exact,
    smooth: smoothPair
      .filter(([[s, axis], other]) => s[axis] > 0 || other === 0)
      .chain(([[s, axis], other]) =>
        fc
          .tuple(tensorOf(s, ordinary), indices(s.with(axis, other), s[axis]))
          .map((inputs) => ({ inputs, params: { axis } })),
      ),
  },

  addAlongAxis: {
    *calls(dtype) {
      for (const { own, other, axis } of pairs([0, 1, 3, 8, 300])) {
        for (const size of [1, 4, 33])
          yield { inputs: [plain(dtype, other), drawnIndices(other, size)], params: { axis, size } }
        if (other[axis] === 0)
          yield { inputs: [plain(dtype, other), drawnIndices(other, 0)], params: { axis, size: 0 } }
        if (own.length === 1)
          yield { inputs: [plain(dtype, own), drawnIndices(own, 4)], params: { axis, size: 4 } }
      }
    },
    tolerance: inTerms,
    terms: ({ inputs: [updates], params: { axis } }) => updates.shape[axis],
    smooth: fc
      .tuple(shapeAndAxis, fc.integer({ min: 1, max: 3 }))
      .chain(([[s, axis], size]) =>
        fc
          .tuple(tensorOf(s, ordinary), indices(s, size))
          .map((inputs) => ({ inputs, params: { axis, size } })),
      ),
  },
} satisfies Partial<CaseTable>
