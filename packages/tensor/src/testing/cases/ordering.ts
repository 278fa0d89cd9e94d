import fc from 'fast-check'
import { type DType, isFloat } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { CaseTable, Values } from '../case.ts'
import { distinct, ordinary, shape, tensorOf } from '../draw.ts'
import { shapes } from '../shapes.ts'
import { exact } from '../tolerance.ts'
import { filled, plain, special } from '../values.ts'

/** Ties, zeros of both signs, infinities. */
const tied = [1, -1, 0, -0, 2, Infinity, -Infinity, 2]

/** Ties of floats with holes among them, of other numbers a few values. */
const tiedOf = (dtype: DType, s: Shape): Values =>
  filled(dtype, s, (i) =>
    isFloat(dtype) ? (i % 5 === 2 ? Number.NaN : tied[(i * 3) % 8]) : dtype === 'bool' ? i % 2 : (i * i) % 5,
  )

/** Beside the common shapes: rows long enough to be sorted by bytes, several of them. */
const sorted: readonly Shape[] = [...shapes, [3, 65], [2, 2, 300]]

export const orderingCases = {
  topKMask: {
    *calls(dtype) {
      for (const s of shapes) {
        if (s.length === 0) continue
        const last = s[s.length - 1]
        for (const k of new Set([0, Math.min(1, last), Math.min(3, last), last >> 1, last])) {
          yield { inputs: [plain(dtype, s)], params: { k } }
          yield { inputs: [filled(dtype, s, (i) => tied[(i * 3) % 8])], params: { k } }
          const holed = filled(dtype, s, (i) => (i % 5 === 2 ? Number.NaN : tied[(i * 3) % 8]))
          yield { inputs: [holed], params: { k } }
        }
      }
    },
    tolerance: exact,
    smooth: shape(1).chain((s) =>
      fc
        .tuple(tensorOf(s, ordinary), fc.nat({ max: s[s.length - 1] }))
        .map(([x, k]) => ({ inputs: [x], params: { k } })),
    ),
  },

  sort: {
    *calls(dtype) {
      for (const s of sorted) {
        if (s.length === 0) continue
        const last = s[s.length - 1]
        const counts = [last, Math.min(3, last), last >> 1]
        for (const count of new Set(counts)) {
          for (const fill of [plain, tiedOf, special]) {
            for (const descending of [false, true])
              yield { inputs: [fill(dtype, s)], params: { descending, count } }
          }
        }
        yield { inputs: [plain(dtype, s)], params: { descending: true, count: 0 } }
      }
    },
    tolerance: exact,
    smooth: shape(1).chain((s) =>
      fc
        .tuple(distinct(s), fc.boolean(), fc.nat({ max: s[s.length - 1] }))
        .map(([x, descending, count]) => ({ inputs: [x], params: { descending, count } })),
    ),
  },
} satisfies Partial<CaseTable>
