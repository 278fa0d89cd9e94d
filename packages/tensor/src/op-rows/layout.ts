import { describe, expectCount, expectHolds } from '../checks.ts'
import { checkDType } from '../dtype.ts'
import { broadcastShapes, checkCounts, checkShape, formatShape, sizeOf } from '../shape.ts'
import { expectFloat, expectKind, expectRank, type OpTable, type Spec, same } from './row.ts'

const isLength = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) >= 0

const isPair = (pair: readonly number[]): boolean =>
  Array.isArray(pair) && pair.length === 2 && pair.every(isLength)

const isPairs = (padding: readonly (readonly number[])[], rank: number): boolean =>
  Array.isArray(padding) && padding.length === rank && padding.every(isPair)

/** What was given for padding, in an error message. */
const show = (padding: unknown): string =>
  Array.isArray(padding) ? `[${padding.map(show).join(', ')}]` : describe(padding)

/** @throws unless they are int32, as all indices are. */
function expectIndices(op: string, { dtype }: Spec): void {
  if (dtype !== 'int32') throw new TypeError(`${op}: expected int32 indices, got ${dtype}`)
}

export const layoutRows = {
  reshape: {
    outputs(op, [x], { shape }) {
      checkShape(op, shape)
      if (sizeOf(shape) !== sizeOf(x.shape)) {
        throw new RangeError(
          `${op}: ${formatShape(x.shape)} has ${sizeOf(x.shape)} elements, ${formatShape(shape)} needs ${sizeOf(shape)}`,
        )
      }
      return [{ shape, dtype: x.dtype }]
    },
    viewOffset: () => 0,
  },
  transpose: {
    outputs: (_op, [x], { axes }) => [{ shape: axes.map((axis) => x.shape[axis]), dtype: x.dtype }],
  },
  broadcastTo: {
    outputs(op, [x], { shape }) {
      checkShape(op, shape)
      const out = broadcastShapes(op, x.shape, shape)
      if (out.some((length, i) => length !== shape[i]) || out.length !== shape.length) {
        throw new RangeError(`${op}: ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`)
      }
      return [{ shape, dtype: x.dtype }]
    },
  },
  concat: {
    outputs(op, inputs, { axis }) {
      const [first, ...rest] = inputs
      let length = first.shape[axis]
      for (const x of rest) {
        same(op, first, x)
        if (
          x.shape.length !== first.shape.length ||
          x.shape.some((l, i) => i !== axis && l !== first.shape[i])
        ) {
          throw new RangeError(
            `${op}: shapes differ beside axis ${axis}: ${formatShape(first.shape)} and ${formatShape(x.shape)}`,
          )
        }
        length += x.shape[axis]
      }
      return [{ shape: first.shape.map((l, i) => (i === axis ? length : l)), dtype: first.dtype }]
    },
  },
  slice: {
    outputs(op, [x], { starts, sizes }) {
      const rank = x.shape.length
      checkCounts(op, 'starts', starts, rank)
      checkCounts(op, 'sizes', sizes, rank)
      for (let i = 0; i < rank; i++) {
        if (starts[i] + sizes[i] > x.shape[i]) {
          throw new RangeError(
            `${op}: [${starts[i]}, ${starts[i] + sizes[i]}) is outside axis ${i} of ${formatShape(x.shape)}`,
          )
        }
      }
      return [{ shape: sizes, dtype: x.dtype }]
    },
    // Leading-axis slices are views (DESIGN 3): everything behind the first axis is taken whole.
    viewOffset([x], { starts, sizes }) {
      for (let i = 1; i < sizes.length; i++) if (sizes[i] !== x.shape[i]) return undefined
      return sizes.length === 0 ? 0 : starts[0] * sizeOf(x.shape.slice(1))
    },
  },
  pad: {
    outputs(op, [x], { padding, value }) {
      if (!isPairs(padding, x.shape.length)) {
        throw new RangeError(
          `${op}: expected ${x.shape.length} pairs of whole numbers ≥ 0, got ${show(padding)}`,
        )
      }
      expectHolds(op, x.dtype, value)
      return [{ shape: x.shape.map((length, i) => length + padding[i][0] + padding[i][1]), dtype: x.dtype }]
    },
  },
  flip: { outputs: (_op, [x]) => [x] },
  gather: {
    outputs(op, [x, indices], { axis }) {
      expectIndices(op, indices)
      return [
        { shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)], dtype: x.dtype },
      ]
    },
  },
  scatterAdd: {
    outputs(op, [updates, indices], { axis, size }) {
      expectIndices(op, indices)
      expectKind(op, 'number', updates.dtype)
      expectCount(op, 'size', size, 0)
      const span = updates.shape.slice(axis, axis + indices.shape.length)
      if (span.length !== indices.shape.length || span.some((length, i) => length !== indices.shape[i])) {
        throw new RangeError(
          `${op}: expected updates with ${formatShape(indices.shape)} at axis ${axis}, got ${formatShape(updates.shape)}`,
        )
      }
      const rest = updates.shape.slice(axis + indices.shape.length)
      return [{ shape: [...updates.shape.slice(0, axis), size, ...rest], dtype: updates.dtype }]
    },
  },
  oneHot: {
    outputs(op, [indices], { depth, dtype }) {
      expectIndices(op, indices)
      checkDType(op, dtype)
      expectCount(op, 'depth', depth, 0)
      return [{ shape: [...indices.shape, depth], dtype }]
    },
  },
  topKMask: {
    outputs(op, [x], { k }) {
      expectFloat(op, x)
      expectRank(op, 'a tensor', x, 1)
      const length = x.shape.at(-1)!
      if (!Number.isInteger(k) || k < 0 || k > length) {
        throw new RangeError(`${op}: expected k in 0 … ${length}, got ${describe(k)}`)
      }
      return [{ shape: x.shape, dtype: 'bool' }]
    },
  },
} satisfies Partial<OpTable>
