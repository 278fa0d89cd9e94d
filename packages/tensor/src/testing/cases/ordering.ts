import fc from 'fast-check'
import type { CaseTable } from '../case.ts'
import { ordinary, shape, tensorOf } from '../draw.ts'
import { shapes } from '../shapes.ts'
import { exact } from '../tolerance.ts'
import { filled, plain } from '../values.ts'

/** Ties, zeros of both signs, infinities. */
const tied = [1, -1, 0, -0, 2, Infinity, -Infinity, 2]

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
} satisfies Partial<CaseTable>
