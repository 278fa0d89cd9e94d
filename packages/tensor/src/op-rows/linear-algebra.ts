import type { None } from '../op-params.ts'
import { broadcastShapes, formatShape, type Shape, sameShape } from '../shape.ts'
import { expectFloat, expectRank, expectSquare, type OpTable, type Row, type Spec, same } from './row.ts'

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

/** From square matrices to matrices like them. */
const square: Row<None> = {
  outputs(op, [a]) {
    expectSquare(op, a)
    return [a]
  },
}

/** Square matrices and as many right-hand sides. */
const system: Row<None> = {
  outputs(op, [a, b]) {
    expectSquare(op, a)
    same(op, a, b)
    expectRank(op, 'right-hand sides', b, 2)
    if (a.shape.at(-1) !== b.shape.at(-2) || !sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2))) {
      throw new RangeError(
        `${op}: expected A [..., n, n] and B [..., n, m], got ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
      )
    }
    return [b]
  },
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
  cholesky: square,
  choleskySolve: system,
  solve: system,
  logDet: {
    outputs(op, [a]) {
      expectSquare(op, a)
      const each = { shape: a.shape.slice(0, -2), dtype: a.dtype }
      return [each, each]
    },
  },
  symmetricFunction: {
    outputs(op, [a, values, vectors, ...directions]) {
      expectSquare(op, a)
      for (const like of [values, vectors, ...directions]) {
        same(op, a, like)
        const wanted = like === values ? a.shape.slice(0, -1) : a.shape
        if (!sameShape(like.shape, wanted))
          throw new RangeError(`${op}: expected ${formatShape(wanted)}, got ${formatShape(like.shape)}`)
      }
      return [a]
    },
  },
  eigh: {
    outputs(op, [a]) {
      expectSquare(op, a)
      return [{ shape: a.shape.slice(0, -1), dtype: a.dtype }, a]
    },
  },
  expm: square,
} satisfies Partial<OpTable>
