import {
  broadcastTo,
  concat,
  cumsum,
  expandDims,
  eye,
  matmul,
  mul,
  neg,
  slice,
  sub,
  sum,
  type Tensor,
  trace,
  zerosLike,
} from '@facet/tensor'
import { dispatch, NONE } from '@facet/tensor/dispatch'
import { divideByGaps, pairsWithCotangent, pairsWithTangent } from './eigen-gaps.ts'
import { swapLastAxes, symmetricPart } from './matrices.ts'
import type { JvpRules, OpCall, VjpRules } from './rule.ts'
import { sister } from './sister.ts'

type MatrixCall = OpCall<'cholesky' | 'choleskySolve' | 'solve' | 'logDet' | 'expm'>

const solve = (call: MatrixCall, a: Tensor, b: Tensor): Tensor => sister(call, 'solve', [a, b], NONE)

const solveDefinite = (call: MatrixCall, a: Tensor, b: Tensor): Tensor =>
  sister(call, 'choleskySolve', [a, b], NONE)

/** `A` below the diagonal, half of it on the diagonal, 0 above. */
function lowerHalf(a: Tensor): Tensor {
  const identity = eye(a.shape[a.rank - 1], a.dtype)
  return mul(a, sub(cumsum(identity, 0), mul(identity, 0.5)))
}

/** The op takes directions behind its matrix and is linear in each: its derivative in the matrix has one direction more. */
function symmetricFunctionDerivative(
  t: Tensor,
  { op, x, params }: OpCall<'symmetricFunction'>,
  input: number,
): Tensor {
  if (input === 1 || input === 2)
    throw new Error(
      'symmetricFunction: expected eigenvalues and eigenvectors behind stopGradient, got traced ones',
    )
  return dispatch(op, input === 0 ? [...x, t] : x.with(input, t), params)[0]
}

/** Derivative of `expm` at A in direction E: the upper right block of `expm [[A, E], [0, A]]` (Van Loan 1978). */
function expmDerivative(call: OpCall<'expm'>, a: Tensor, e: Tensor): Tensor {
  const n = a.shape[a.rank - 1]
  const block = concat([concat([a, e], -1), concat([zerosLike(a), a], -1)], -2)
  return slice(sister(call, 'expm', [block], NONE), [...a.shape.slice(0, -1).fill(0), n], a.shape)
}

/** Rules that hold in both modes: derivatives of symmetric functions are their own transposes. */
export const linearAlgebraRules = {
  symmetricFunction: symmetricFunctionDerivative,
} satisfies JvpRules

export const linearAlgebraVjp = {
  cholesky: (g, call) => {
    const upper = swapLastAxes(call.y[0])
    const left = solve(call, upper, lowerHalf(matmul(upper, g)))
    return symmetricPart(solve(call, upper, swapLastAxes(left)))
  },
  choleskySolve: {
    shared: (g, call) => solveDefinite(call, call.x[0], g),
    partials: [(s, { y }) => symmetricPart(matmul(s, y[0], { transposeB: true }), -1), (s) => s],
  },
  solve: {
    shared: (g, call) => solve(call, swapLastAxes(call.x[0]), g),
    partials: [(s, { y }) => neg(matmul(s, y[0], { transposeB: true })), (s) => s],
  },
  logDet: (g, call, _input, output) => {
    const [a] = call.x
    if (output === 0) return zerosLike(a)
    const inverse = solve(call, a, broadcastTo(eye(a.shape[a.rank - 1], a.dtype), a.shape))
    return mul(swapLastAxes(inverse), expandDims(expandDims(g, -1), -1))
  },
  eigh: (g, { y: [values, vectors] }, _input, output) => {
    if (output === 0)
      return symmetricPart(matmul(mul(vectors, expandDims(g, -2)), vectors, { transposeB: true }))
    const mixing = matmul(vectors, g, { transposeA: true })
    const inner = matmul(vectors, divideByGaps(values, mixing, pairsWithCotangent(mixing)))
    return symmetricPart(matmul(inner, vectors, { transposeB: true }))
  },
  expm: (g, call) => expmDerivative(call, swapLastAxes(call.x[0]), g),
} satisfies VjpRules

export const linearAlgebraJvp = {
  cholesky: (t, call) => {
    const [factor] = call.y
    const left = solve(call, factor, symmetricPart(t))
    return matmul(factor, lowerHalf(solve(call, factor, swapLastAxes(left))))
  },
  choleskySolve: [
    (t, call) => neg(solveDefinite(call, call.x[0], matmul(symmetricPart(t), call.y[0]))),
    (t, call) => solveDefinite(call, call.x[0], t),
  ],
  solve: [
    (t, call) => neg(solve(call, call.x[0], matmul(t, call.y[0]))),
    (t, call) => solve(call, call.x[0], t),
  ],
  logDet: (t, call, _input, output) =>
    output === 0 ? zerosLike(call.y[0]) : trace(solve(call, call.x[0], t)),
  eigh: (t, { y: [values, vectors] }, _input, output) => {
    const turned = matmul(symmetricPart(t), vectors)
    if (output === 0) return sum(mul(vectors, turned), -2)
    const mixing = matmul(vectors, turned, { transposeA: true })
    return matmul(vectors, divideByGaps(values, mixing, pairsWithTangent(mixing)))
  },
  expm: (t, call) => expmDerivative(call, call.x[0], t),
} satisfies JvpRules
