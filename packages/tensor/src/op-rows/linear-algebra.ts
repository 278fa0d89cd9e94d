import { broadcastShapes, formatShape, type Shape } from '../shape.ts'
import { expectFloat, expectRank, expectSquare, type OpTable, type Spec, same } from './row.ts'

/** The leading axes of a product. @throws naming both shapes. */
function batchOf(op: string, a: Spec, b: Spec): Shape {
  try {
    return broadcastShapes(op, a.shape.slice(0, -2), b.shape.slice(0, -2))
  } catch {
    throw new RangeError(
      `${op}: leading axes do not broadcast: ${formatShape(a.shape)} · ${formatShape(b.shape)}`,
    )
  }
}

export const linearAlgebraRows = {
  matmul: {
    outputs(op, [a, b], { transposeA, transposeB }) {
      const dtype = same(op, a, b)
      expectFloat(op, a)
      expectRank(op, 'matrices', a, 2)
      expectRank(op, 'matrices', b, 2)
      const [m, k] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!]
      const [inner, n] = transposeB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!]
      if (k !== inner) {
        const mark = (s: Spec, transposed: boolean) => `${formatShape(s.shape)}${transposed ? 'ᵀ' : ''}`
        throw new RangeError(
          `${op}: inner dimensions differ: ${mark(a, transposeA)} · ${mark(b, transposeB)}`,
        )
      }
      const lead = batchOf(op, a, b)
      return [{ shape: [...lead, m, n], dtype }]
    },
  },
  choleskySolve: {
    outputs(op, [a, b]) {
      expectSquare(op, a)
      same(op, a, b)
      expectRank(op, 'right-hand sides', b, 2)
      const lead = formatShape(a.shape.slice(0, -2))
      if (a.shape.at(-1) !== b.shape.at(-2) || lead !== formatShape(b.shape.slice(0, -2))) {
        throw new RangeError(
          `${op}: expected A [..., n, n] and B [..., n, m], got ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
        )
      }
      return [b]
    },
  },
  eigh: {
    outputs(op, [a]) {
      expectSquare(op, a)
      return [{ shape: a.shape.slice(0, -1), dtype: a.dtype }, a]
    },
  },
  expm: {
    outputs(op, [a]) {
      expectSquare(op, a)
      return [a]
    },
  },
} satisfies Partial<OpTable>
