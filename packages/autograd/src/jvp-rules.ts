import {
  applySlopes,
  broadcastTo,
  choleskySolve,
  matmul,
  mul,
  neg,
  pad,
  reshape,
  solve,
  sum,
  type Tensor,
  trace,
  zerosLike,
} from '@facet/tensor'
import { dispatch, type OpName } from '@facet/tensor/dispatch'
import { elementwiseRules } from './elementwise-rules.ts'
import type { JvpRule, PartialDerivative } from './rule.ts'
import {
  asRows,
  expmDerivative,
  lowerHalf,
  onAxis,
  overGaps,
  productsOfOthers,
  surroundings,
  swap,
  symmetricFunctionDerivative,
  symmetricPart,
  touchedByTangent,
  winnerShares,
} from './rule-pieces.ts'

/** An op that is linear in its only input is its own derivative. */
const itself =
  <N extends OpName>(name: N): PartialDerivative<N, Tensor> =>
  (t, { params }) =>
    dispatch(name, [t], params)[0]

/** Forward mode: what each input's tangent `t` contributes to the tangents of an op's outputs. */
export const jvpRules: { readonly [N in OpName]: JvpRule<N> } = {
  ...elementwiseRules,
  cast: itself('cast'),

  sum: itself('sum'),
  prod: (t, { x, params: { axes, keepDims } }) => sum(mul(t, productsOfOthers(x[0], axes)), axes, keepDims),
  max: (t, { x, y, params: { axes, keepDims } }) =>
    sum(mul(t, winnerShares(x[0], y[0], axes)), axes, keepDims),
  min: (t, { x, y, params: { axes, keepDims } }) =>
    sum(mul(t, winnerShares(x[0], y[0], axes)), axes, keepDims),
  cumsum: itself('cumsum'),

  reshape: itself('reshape'),
  transpose: itself('transpose'),
  broadcastTo: (t) => t,
  concat: (t, { x, params: { axis } }, i) => pad(t, onAxis(t, axis, surroundings(x, axis, i), [0, 0])),
  slice: itself('slice'),
  pad: (t, { params: { padding } }) => pad(t, padding),
  flip: itself('flip'),
  gather: [(t, { x, params }) => dispatch('gather', [t, x[1]], params)[0], null],
  scatterAdd: [(t, { x, params }) => dispatch('scatterAdd', [t, x[1]], params)[0], null],

  matmul: [(t, { x, params }) => matmul(t, x[1], params), (t, { x, params }) => matmul(x[0], t, params)],
  affine: [
    (t, { x, y, params }) =>
      applySlopes(y[1], reshape(matmul(asRows(t), x[1], { transposeB: true }), y[0].shape), params),
    (t, { x, y, params }) =>
      applySlopes(y[1], reshape(matmul(asRows(x[0]), t, { transposeB: true }), y[0].shape), params),
    (t, { y, params }) => applySlopes(y[1], broadcastTo(t, y[0].shape), params),
  ],

  cholesky: (t, { y: [factor] }) => {
    const left = solve(factor, symmetricPart(t))
    return matmul(factor, lowerHalf(solve(factor, swap(left))))
  },
  choleskySolve: [
    (t, { x, y }) => neg(choleskySolve(x[0], matmul(symmetricPart(t), y[0]))),
    (t, { x }) => choleskySolve(x[0], t),
  ],
  solve: [(t, { x, y }) => neg(solve(x[0], matmul(t, y[0]))), (t, { x }) => solve(x[0], t)],
  logDet: (t, { x, y }, _input, output) => (output === 0 ? zerosLike(y[0]) : trace(solve(x[0], t))),
  eigh: (t, { y: [values, vectors] }, _input, output) => {
    const turned = matmul(symmetricPart(t), vectors)
    if (output === 0) return sum(mul(vectors, turned), -2)
    const mixing = matmul(vectors, turned, { transposeA: true })
    return matmul(vectors, overGaps(values, mixing, touchedByTangent(mixing)))
  },
  symmetricFunction: symmetricFunctionDerivative,
  expm: (t, { x }) => expmDerivative(x[0], t),
}
