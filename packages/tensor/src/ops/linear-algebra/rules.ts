import type { None, ShapeRule } from '../../op.ts'
import { expectRank, expectSquare, same } from '../../op-checks.ts'
import { formatShape, sameShape } from '../../shape.ts'
import type { ScalarFunction } from './scalar-function.ts'

/** The ops whose kernels come with the family `linear-algebra`. */
export type MatrixFamily = {
  readonly cholesky: None
  readonly choleskySolve: None
  readonly solve: None
  readonly logDet: None
  readonly symmetricFunction: ScalarFunction
  readonly expm: None
}

type Rule = ShapeRule<None>

/** One matrix for each. */
const alike: Rule = {
  outputs(op, [a]) {
    expectSquare(op, a)
    return [a]
  },
}

/** Square matrices and as many right-hand sides. */
const system: Rule = {
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

export const rules: { readonly [N in keyof MatrixFamily]: ShapeRule<MatrixFamily[N]> } = {
  cholesky: alike,
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
  expm: alike,
}
