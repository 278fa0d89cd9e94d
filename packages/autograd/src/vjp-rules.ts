import {
  add,
  applySlopes,
  broadcastTo,
  cast,
  choleskySolve,
  expandDims,
  flip,
  gather,
  inverse,
  matmul,
  mul,
  neg,
  pad,
  reshape,
  scatterAdd,
  slice,
  solve,
  type Tensor,
  transpose,
  zerosLike,
} from '@facet/tensor'
import { dispatch, type OpName } from '@facet/tensor/dispatch'
import { elementwiseRules } from './elementwise-rules.ts'
import type { VjpRule } from './rule.ts'
import {
  asRows,
  expmDerivative,
  keptShape,
  lowerHalf,
  onAxis,
  overGaps,
  productsOfOthers,
  surroundings,
  swap,
  symmetricFunctionDerivative,
  symmetricPart,
  touchedByCotangent,
  winnerShares,
} from './rule-pieces.ts'

/** A cotangent of a reduction stretched back over the reduced axes. */
const stretch = (g: Tensor, x: Tensor, axes: readonly number[]): Tensor =>
  broadcastTo(reshape(g, keptShape(x.shape, axes)), x.shape)

/** Reverse mode: what each op's output cotangent `g` contributes to the cotangents of its inputs. */
export const vjpRules: { readonly [N in OpName]: VjpRule<N> } = {
  ...elementwiseRules,
  cast: (g, { x }) => cast(g, x[0].dtype),

  sum: (g, { x, params }) => stretch(g, x[0], params.axes),
  prod: (g, { x, params: { axes } }) => mul(stretch(g, x[0], axes), productsOfOthers(x[0], axes)),
  max: (g, { x, y, params: { axes } }) => mul(stretch(g, x[0], axes), winnerShares(x[0], y[0], axes)),
  min: (g, { x, y, params: { axes } }) => mul(stretch(g, x[0], axes), winnerShares(x[0], y[0], axes)),
  cumsum: (g, { params: { axis, reverse } }) => dispatch('cumsum', [g], { axis, reverse: !reverse })[0],

  reshape: (g, { x }) => reshape(g, x[0].shape),
  transpose: (g, { params: { axes } }) =>
    transpose(
      g,
      axes.map((_, axis) => axes.indexOf(axis)),
    ),
  broadcastTo: (g) => g,
  concat: (g, { x, params: { axis } }, i) =>
    slice(g, onAxis(g, axis, surroundings(x, axis, i)[0], 0), x[i].shape),
  slice: (g, { x, params: { starts, sizes } }) =>
    pad(
      g,
      x[0].shape.map((length, i) => [starts[i], length - starts[i] - sizes[i]]),
    ),
  pad: (g, { x, params: { padding } }) =>
    slice(
      g,
      padding.map(([before]) => before),
      x[0].shape,
    ),
  flip: (g, { params: { axes } }) => flip(g, axes),
  gather: [(g, { x, params: { axis } }) => scatterAdd(g, x[1], x[0].shape[axis], axis), null],
  scatterAdd: [(g, { x, params: { axis } }) => gather(g, x[1], axis), null],

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
    twice: (g, { x: [a], params: { transposeA, transposeB } }) => {
      if (transposeA === transposeB) return null
      const both = add(g, swap(g))
      if (transposeA) return matmul(a, both)
      return a.rank === 2 ? { left: both, right: a, shape: a.shape } : matmul(both, a)
    },
  },
  affine: {
    shared: (g, { y, params }) => applySlopes(y[1], g, params),
    partials: [
      (s, { x }) => reshape(matmul(asRows(s), x[1]), x[0].shape),
      (s, { x }) => ({ left: asRows(s), right: asRows(x[0]), shape: x[1].shape }),
      (s) => s,
    ],
  },

  cholesky: (g, { y: [factor] }) => {
    const upper = swap(factor)
    const left = solve(upper, lowerHalf(matmul(upper, g)))
    return symmetricPart(solve(upper, swap(left)))
  },
  choleskySolve: {
    shared: (g, { x }) => choleskySolve(x[0], g),
    partials: [(s, { y }) => symmetricPart(matmul(s, y[0], { transposeB: true }), -1), (s) => s],
  },
  solve: {
    shared: (g, { x }) => solve(swap(x[0]), g),
    partials: [(s, { y }) => neg(matmul(s, y[0], { transposeB: true })), (s) => s],
  },
  logDet: (g, { x }, _input, output) =>
    output === 0 ? zerosLike(x[0]) : mul(swap(inverse(x[0])), expandDims(expandDims(g, -1), -1)),
  eigh: (g, { y: [values, vectors] }, _input, output) => {
    if (output === 0)
      return symmetricPart(matmul(mul(vectors, expandDims(g, -2)), vectors, { transposeB: true }))
    const mixing = matmul(vectors, g, { transposeA: true })
    const inner = matmul(vectors, overGaps(values, mixing, touchedByCotangent(mixing)))
    return symmetricPart(matmul(inner, vectors, { transposeB: true }))
  },
  symmetricFunction: symmetricFunctionDerivative,
  expm: (g, { x }) => expmDerivative(swap(x[0]), g),
}
