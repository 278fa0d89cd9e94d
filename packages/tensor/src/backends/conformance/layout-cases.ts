import type { DType } from '../../dtype.ts'
import type { Shape } from '../../shape.ts'
import type { Case, CaseTable } from './case.ts'
import { axisSubsets, broadcastPairs, shapes } from './shapes.ts'
import { draws, filled, plain, special } from './values.ts'

/** Orders of up to four axes; of more, three. */
function orders(rank: number): number[][] {
  const identity = Array.from({ length: rank }, (_, i) => i)
  if (rank > 4) return [identity.toReversed(), [1, 0, ...identity.slice(2)], [...identity.slice(2), 0, 1]]
  if (rank === 0) return [[]]
  return orders(rank - 1).flatMap((order) =>
    identity.map((place) => [...order.slice(0, place), rank - 1, ...order.slice(place)]),
  )
}

function* transposes(dtype: DType): Iterable<Case<'transpose'>> {
  for (const shape of [...shapes, [33, 65], [64, 64], [3, 4, 5], [2, 3, 4, 5, 6]]) {
    for (const axes of orders(shape.length)) yield { inputs: [special(dtype, shape)], params: { axes } }
  }
}

function* broadcasts(dtype: DType): Iterable<Case<'broadcastTo'>> {
  for (const [a, b] of broadcastPairs) {
    const shape = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
      const [p, q] = [a, b].map((s) => s[i - Math.max(a.length, b.length) + s.length] ?? 1)
      return p === 1 ? q : p
    })
    yield { inputs: [special(dtype, a)], params: { shape } }
  }
}

function* concats(dtype: DType): Iterable<Case<'concat'>> {
  for (const shape of shapes) {
    for (let axis = 0; axis < shape.length; axis++) {
      const lengths = [shape[axis], 0, 1, 3]
      for (const count of [1, 2, 4]) {
        const inputs = lengths.slice(0, count).map((length, i) => special(dtype, shape.with(axis, length), i))
        yield { inputs, params: { axis } }
      }
    }
  }
}

function* slices(dtype: DType): Iterable<Case<'slice'>> {
  const draw = draws(3)
  for (const shape of [...shapes, [33, 65], [3, 4, 5], [2, 3, 4, 5, 6]]) {
    for (let trial = 0; trial < 4; trial++) {
      const starts = shape.map((length) => Math.floor(draw() * (length + 1)))
      const sizes = shape.map((length, i) => Math.floor(draw() * (length - starts[i] + 1)))
      yield { inputs: [special(dtype, shape)], params: { starts, sizes } }
    }
  }
}

function* pads(dtype: DType): Iterable<Case<'pad'>> {
  for (const shape of shapes) {
    for (const value of [0, 1]) {
      for (const most of [0, 1, 3]) {
        const padding = shape.map((_, i) => [(i * 2 + value) % (most + 1), (i + most) % (most + 1)] as const)
        yield { inputs: [special(dtype, shape)], params: { padding, value } }
      }
    }
  }
}

function* flips(dtype: DType): Iterable<Case<'flip'>> {
  for (const shape of [...shapes, [33, 65], [3, 4, 5]]) {
    for (const axes of axisSubsets(shape.length)) yield { inputs: [special(dtype, shape)], params: { axes } }
  }
}

const indexShapes: readonly Shape[] = [[5], [], [0], [1], [2, 3], [33]]
const indicesOf = (shape: Shape, length: number, seed: number) => {
  const draw = draws(seed)
  return filled('int32', shape, () => Math.floor(draw() * length))
}

function* gathers(dtype: DType): Iterable<Case<'gather'>> {
  for (const shape of [[7], [4, 5], [17, 3], [2, 3, 9], [0, 3], [3, 0], [2, 3, 2, 3, 2]]) {
    for (let axis = 0; axis < shape.length; axis++) {
      for (const index of indexShapes) {
        if (shape[axis] === 0 && !index.includes(0)) continue
        yield { inputs: [special(dtype, shape), indicesOf(index, shape[axis], axis)], params: { axis } }
      }
    }
  }
}

function* scatters(dtype: DType): Iterable<Case<'scatterAdd'>> {
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
        yield { inputs: [updates, indicesOf(index, size, size)], params: { axis: before.length, size } }
      }
    }
  }
}

function* oneHots(dtype: DType): Iterable<Case<'oneHot'>> {
  for (const shape of shapes) {
    for (const depth of [5, 0, 1, 33]) {
      // Some lie outside: their rows are zero.
      const indices = filled('int32', shape, (i) => ((i * 7) % (depth + 4)) - 2)
      yield { inputs: [indices], params: { depth, dtype } }
    }
  }
}

function* topK(dtype: DType): Iterable<Case<'topKMask'>> {
  for (const shape of shapes) {
    if (shape.length === 0) continue
    const last = shape[shape.length - 1]
    for (const k of new Set([0, Math.min(1, last), Math.min(3, last), last >> 1, last])) {
      yield { inputs: [plain(dtype, shape)], params: { k } }
      // Ties, zeros of both signs, infinities; among them NaN, which is larger than all.
      const values = [1, -1, 0, -0, 2, Infinity, -Infinity, 2]
      yield { inputs: [filled(dtype, shape, (i) => values[(i * 3) % 8])], params: { k } }
      yield {
        inputs: [filled(dtype, shape, (i) => (i % 5 === 2 ? Number.NaN : values[(i * 3) % 8]))],
        params: { k },
      }
    }
  }
}

export const layoutCases = {
  reshape: function* (dtype) {
    for (const shape of shapes) {
      const size = shape.reduce((n, length) => n * length, 1)
      yield { inputs: [special(dtype, shape)], params: { shape: [size, 1] } }
    }
  },
  transpose: transposes,
  broadcastTo: broadcasts,
  concat: concats,
  slice: slices,
  pad: pads,
  flip: flips,
  gather: gathers,
  scatterAdd: scatters,
  oneHot: oneHots,
  topKMask: topK,
} satisfies Partial<CaseTable>
