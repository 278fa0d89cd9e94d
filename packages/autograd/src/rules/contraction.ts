import { add, matmul } from '@facet/tensor'
import { asRows, swapLastAxes } from './matrices.ts'
import { type JvpRules, linearJvp, type VjpRules } from './rule.ts'

export const contractionVjp = {
  matmul: {
    partials: [
      (g, { x: [, b], params: { transposeA, transposeB } }) =>
        transposeA
          ? matmul(b, g, { transposeA: transposeB, transposeB: true })
          : matmul(g, b, { transposeB: !transposeB }),
      (g, { x: [a, b], params: { transposeA, transposeB } }) => {
        // A matrix that multiplies rows (a weight, a stack of generators): aᵀ g is left as its factors.
        if (b.rank === 2 && !transposeA) {
          const [rows, cotangents] = [asRows(a), asRows(g)]
          return transposeB
            ? { left: cotangents, right: rows, shape: b.shape }
            : { left: rows, right: cotangents, shape: b.shape }
        }
        return transposeB
          ? matmul(g, a, { transposeA: true, transposeB: transposeA })
          : matmul(a, g, { transposeA: !transposeA })
      },
    ],
    // a aᵀ and aᵀ a: one product in place of two.
    ofSquare: (g, { x: [a], params: { transposeA, transposeB } }) => {
      if (transposeA === transposeB) return null
      const symmetric = add(g, swapLastAxes(g))
      if (transposeA) return matmul(a, symmetric)
      return a.rank === 2 ? { left: symmetric, right: a, shape: a.shape } : matmul(symmetric, a)
    },
  },
} satisfies VjpRules

export const contractionJvp = {
  matmul: linearJvp,
} satisfies JvpRules
