import fc from 'fast-check'
import { type Shape, sizeOf } from '../../../shape.ts'
import type { CaseTable, Values } from '../../case.ts'
import { indices, ordinary, shape, shapeAndAxis, tensorOf } from '../../draw.ts'
import { shapes } from '../../shapes.ts'
import { exact, inTerms } from '../../tolerance.ts'
import { draws, filled, plain, special } from '../../values.ts'

const indexShapes: readonly Shape[] = [[5], [], [0], [1], [2, 3], [33]]

/** Indices into an axis of some length. */
const drawnIndices = (s: Shape, length: number, seed: number): Values => {
  const draw = draws(seed)
  return filled('int32', s, () => Math.floor(draw() * length))
}

export const indexingCases = {
  gather: {
    *calls(dtype) {
      for (const s of [[7], [4, 5], [17, 3], [2, 3, 9], [0, 3], [3, 0], [2, 3, 2, 3, 2]]) {
        for (let axis = 0; axis < s.length; axis++) {
          for (const index of indexShapes) {
            if (s[axis] === 0 && !index.includes(0)) continue
            yield { inputs: [special(dtype, s), drawnIndices(index, s[axis], axis)], params: { axis } }
          }
        }
      }
    },
    tolerance: exact,
    smooth: shapeAndAxis
      .chain(([s, axis]) =>
        fc.tuple(
          tensorOf(s, ordinary),
          shape(0, 2)
            .map((wanted) => (s[axis] === 0 ? [0, ...wanted] : wanted))
            .chain((wanted) => indices(wanted, s[axis])),
          fc.constant(axis),
        ),
      )
      .map(([x, at, axis]) => ({ inputs: [x, at], params: { axis } })),
  },

  scatterAdd: {
    *calls(dtype) {
      for (const size of [4, 0, 1, 33]) {
        for (const index of indexShapes) {
          if (size === 0 && !index.includes(0)) continue
          for (const [before, behind] of [
            [[], []],
            [[], [5]],
            [[3], []],
            [
              [2, 3],
              [2, 9],
            ],
            [[0], [2]],
          ]) {
            const updates = plain(dtype, [...before, ...index, ...behind])
            yield {
              inputs: [updates, drawnIndices(index, size, size)],
              params: { axis: before.length, size },
            }
          }
        }
      }
    },
    tolerance: inTerms,
    terms: ({ inputs: [, index] }) => sizeOf(index.shape),
    smooth: fc
      .record({
        before: shape(0, 1),
        at: shape(0, 2),
        behind: shape(0, 1),
        size: fc.integer({ min: 1, max: 3 }),
      })
      .filter(({ before, at, behind }) => sizeOf([...before, ...at, ...behind]) <= 12)
      .chain(({ before, at, behind, size }) =>
        fc
          .tuple(tensorOf([...before, ...at, ...behind], ordinary), indices(at, size))
          .map((inputs) => ({ inputs, params: { axis: before.length, size } })),
      ),
  },

  oneHot: {
    *calls(dtype) {
      for (const s of shapes) {
        for (const depth of [5, 0, 1, 33]) {
          // Some lie outside: their rows are zero.
          const index = filled('int32', s, (i) => ((i * 7) % (depth + 4)) - 2)
          yield { inputs: [index], params: { depth, dtype } }
        }
      }
    },
    tolerance: exact,
    smooth: null,
  },
} satisfies Partial<CaseTable>
