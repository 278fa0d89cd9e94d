import fc from 'fast-check'
import { sizeOf } from '../../../shape.ts'
import type { CaseTable } from '../../case.ts'
import { axesOf, broadcastable, length, ordinary, shape, shapeAndAxis, tensorOf } from '../../draw.ts'
import { axisSubsets, broadcastPairs, shapes } from '../../shapes.ts'
import { exact } from '../../tolerance.ts'
import { draws, special } from '../../values.ts'

/** Orders of up to four axes; of more, three. */
function orders(rank: number): number[][] {
  const identity = Array.from({ length: rank }, (_, i) => i)
  if (rank > 4) return [identity.toReversed(), [1, 0, ...identity.slice(2)], [...identity.slice(2), 0, 1]]
  if (rank === 0) return [[]]
  return orders(rank - 1).flatMap((order) =>
    identity.map((place) => [...order.slice(0, place), rank - 1, ...order.slice(place)]),
  )
}

/** Start, size and step of some elements of an axis of length `l`, from numbers in [0, 1). */
function steppedSpan(l: number, first: number, count: number, by: number): [number, number, number] {
  const start = Math.floor(first * (l + 1))
  const step = [-1, 2, 3, -2, 1, -5][Math.floor(by * 6)]
  const most = start === l ? 0 : Math.floor((step > 0 ? l - 1 - start : start) / Math.abs(step)) + 1
  return [start, Math.floor(count * (most + 1)), step]
}

const paramsOf = (spans: readonly (readonly [number, number, number])[]) => ({
  starts: spans.map(([start]) => start),
  sizes: spans.map(([, size]) => size),
  steps: spans.map(([, , step]) => step),
})

/** Numbers in [0, 1). */
const part = fc.nat({ max: 99 }).map((k) => k / 100)

export const rearrangingCases = {
  reshape: {
    *calls(dtype) {
      for (const s of shapes) yield { inputs: [special(dtype, s)], params: { shape: [sizeOf(s), 1] } }
    },
    tolerance: exact,
    smooth: shape().chain((s) =>
      fc
        .tuple(tensorOf(s, ordinary), fc.constantFrom([sizeOf(s)], [1, ...s], s.toReversed()))
        .map(([x, target]) => ({ inputs: [x], params: { shape: target } })),
    ),
  },

  transpose: {
    *calls(dtype) {
      for (const s of [...shapes, [33, 65], [64, 64], [3, 4, 5], [2, 3, 4, 5, 6]]) {
        for (const axes of orders(s.length)) yield { inputs: [special(dtype, s)], params: { axes } }
      }
    },
    tolerance: exact,
    smooth: shape().chain((s) =>
      fc
        .tuple(tensorOf(s, ordinary), fc.shuffledSubarray([...s.keys()], { minLength: s.length }))
        .map(([x, axes]) => ({ inputs: [x], params: { axes } })),
    ),
  },

  broadcastTo: {
    *calls(dtype) {
      for (const [a, b] of broadcastPairs) {
        const rank = Math.max(a.length, b.length)
        const out = Array.from({ length: rank }, (_, i) => {
          const [p, q] = [a, b].map((s) => s[i - rank + s.length] ?? 1)
          return p === 1 ? q : p
        })
        yield { inputs: [special(dtype, a)], params: { shape: out } }
      }
    },
    tolerance: exact,
    smooth: shape().chain((out) =>
      broadcastable(out).chain((s) =>
        tensorOf(s, ordinary).map((x) => ({ inputs: [x], params: { shape: out } })),
      ),
    ),
  },

  concat: {
    *calls(dtype) {
      for (const s of shapes) {
        for (let axis = 0; axis < s.length; axis++) {
          const lengths = [s[axis], 0, 1, 3]
          for (const count of [1, 2, 4]) {
            const inputs = lengths.slice(0, count).map((l, i) => special(dtype, s.with(axis, l), i))
            yield { inputs, params: { axis } }
          }
        }
      }
    },
    tolerance: exact,
    smooth: shapeAndAxis
      .chain(([s, axis]) =>
        fc.tuple(
          fc.constant(axis),
          fc
            .array(length, { minLength: 1, maxLength: 3 })
            .chain((lengths) => fc.tuple(...lengths.map((l) => tensorOf(s.with(axis, l), ordinary)))),
        ),
      )
      .map(([axis, inputs]) => ({ inputs, params: { axis } })),
  },

  slice: {
    *calls(dtype) {
      const draw = draws(3)
      for (const s of [...shapes, [33, 65], [3, 4, 5], [2, 3, 4, 5, 6]]) {
        for (let trial = 0; trial < 4; trial++) {
          const starts = s.map((l) => Math.floor(draw() * (l + 1)))
          const sizes = s.map((l, i) => Math.floor(draw() * (l - starts[i] + 1)))
          yield { inputs: [special(dtype, s)], params: { starts, sizes } }
        }
        for (let trial = 0; trial < 3; trial++) {
          const taken = s.map((l) => steppedSpan(l, draw(), draw(), draw()))
          yield { inputs: [special(dtype, s)], params: paramsOf(taken) }
        }
      }
    },
    tolerance: exact,
    smooth: shape()
      .chain((s) =>
        fc.tuple(
          tensorOf(s, ordinary),
          fc.boolean(),
          fc.tuple(...s.map((l) => fc.tuple(part, part, part).map((p) => steppedSpan(l, ...p)))),
          fc.tuple(
            ...s.map((l) =>
              fc.nat({ max: l }).chain((start) => fc.tuple(fc.constant(start), fc.nat({ max: l - start }))),
            ),
          ),
        ),
      )
      .map(([x, inSteps, stepped, spans]) => ({
        inputs: [x],
        params: inSteps
          ? paramsOf(stepped)
          : { starts: spans.map(([start]) => start), sizes: spans.map(([, size]) => size) },
      })),
  },

  pad: {
    *calls(dtype) {
      for (const s of shapes) {
        for (const value of [0, 1]) {
          for (const most of [0, 1, 3]) {
            const padding = s.map((_, i) => [(i * 2 + value) % (most + 1), (i + most) % (most + 1)] as const)
            yield { inputs: [special(dtype, s)], params: { padding, value } }
            if (most === 0) continue
            const interior = s.map((_, i) => (i + most + value) % 4)
            yield { inputs: [special(dtype, s)], params: { padding, value, interior } }
          }
        }
      }
    },
    tolerance: exact,
    smooth: shape(0, 2)
      .chain((s) =>
        fc.tuple(
          tensorOf(s, ordinary),
          fc.tuple(...s.map(() => fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })))),
          ordinary,
          fc.option(fc.tuple(...s.map(() => fc.nat({ max: 2 }))), { nil: undefined }),
        ),
      )
      .map(([x, padding, value, interior]) => ({ inputs: [x], params: { padding, value, interior } })),
  },

  flip: {
    *calls(dtype) {
      for (const s of [...shapes, [33, 65], [3, 4, 5]]) {
        for (const axes of axisSubsets(s.length)) yield { inputs: [special(dtype, s)], params: { axes } }
      }
    },
    tolerance: exact,
    smooth: shape().chain((s) =>
      fc.tuple(tensorOf(s, ordinary), axesOf(s)).map(([x, axes]) => ({ inputs: [x], params: { axes } })),
    ),
  },
} satisfies Partial<CaseTable>
