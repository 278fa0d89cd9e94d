import { describe } from '../checks.ts'
import { eye } from '../creation.ts'
import { dispatch } from '../dispatch.ts'
import { machineEpsilon } from '../dtype.ts'
import type { ScalarFunction } from '../op-params.ts'
import { expectKind, expectSquare } from '../op-rows/row.ts'
import { broadcastShapes, formatShape, type Shape, sameShape } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import {
  abs,
  cast,
  equal,
  isNaN,
  less,
  logicalAnd,
  mul,
  NONE,
  neg,
  stopGradient,
  where,
} from './elementwise.ts'
import { broadcastTo, diagonal } from './layout.ts'
import { max, sum } from './reduction.ts'

/** @throws TypeError for what is no floating tensor; RangeError unless its matrices are square. */
function expectMatrices(op: string, a: Tensor): void {
  if (!(a instanceof Tensor)) throw new TypeError(`${op}: expected a tensor, got ${describe(a)}`)
  expectSquare(op, a)
}

/** Whether two stacks of matrices have the same leading axes. */
function areStackedAlike(a: Tensor, b: Tensor): boolean {
  if (a.rank !== b.rank) return false
  for (let i = 0; i < a.rank - 2; i++) if (a.shape[i] !== b.shape[i]) return false
  return true
}

/** The operands of a solve with the same leading axes, which broadcast. What is no stack of matrices is refused by the op itself. */
function together(op: string, a: Tensor, b: Tensor): Tensor[] {
  const operands = [a, b]
  if (!(a instanceof Tensor && b instanceof Tensor) || areStackedAlike(a, b) || a.rank < 2 || b.rank < 2)
    return operands
  const lead = broadcastShapes(op, a.shape.slice(0, -2), b.shape.slice(0, -2))
  return operands.map((t) => {
    const shape: Shape = [...lead, ...t.shape.slice(-2)]
    return sameShape(t.shape, shape) ? t : broadcastTo(t, shape)
  })
}

/**
 * The Cholesky factor of symmetric positive definite matrices, batched: `A = L Lᵀ`. Where a pivot is not above 0, or an entry is
 * no finite number, that matrix is not positive definite: `ok` is false there and its factor NaN throughout, which
 * needs no look at the numbers and is the same in a replay. Differentiable in both modes.
 *
 * @param a `[..., n, n]`; its symmetric part `(A + Aᵀ)/2` is taken, so that gradients are symmetric
 * @returns `factor [..., n, n]`, zeros above the diagonal, and `ok [...]`, bool
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { cholesky, init, tensor } from '@facet/tensor'
 * await init()
 * const { factor, ok } = cholesky(tensor([[[4, 2], [2, 5]], [[1, 2], [2, 1]]]))
 * factor.toArray() // [[[2, 0], [1, 2]], [[NaN, NaN], [NaN, NaN]]]
 * ok.toArray() // [1, 0]
 */
export function cholesky(a: Tensor): { factor: Tensor; ok: Tensor } {
  const [factor] = dispatch('cholesky', [a], NONE)
  const holes = sum(cast(isNaN(diagonal(factor)), 'int32'), -1)
  return { factor, ok: equal(holes, 0) }
}

/**
 * Solves `A X = B` for symmetric positive semidefinite A, batched. A pivot ≤ ε · max diagonal is dropped and its
 * unknown is 0, so a semidefinite A gives one solution of the consistent system and never NaN.
 *
 * A matrix that is not semidefinite has no answer here: every number of its X is NaN if its smallest eigenvalue is below
 * −64 ε · Σ |a_ii|, ε that of the dtype. What is less negative than that, errors of 64 ε · √(a_ii a_jj) in the entries explain, and the matrix
 * counts as semidefinite: no Gram matrix is taken for indefinite. Use {@link solve}
 * for indefinite matrices, {@link cholesky} for a flag.
 *
 * @param a `[..., n, n]`; its symmetric part `(A + Aᵀ)/2` is taken, so that gradients are symmetric
 * @param b `[..., n, m]`; leading axes broadcast
 * @returns `[..., n, m]`
 * @throws RangeError for shapes that do not fit; TypeError for other dtypes than float32 and float64
 * @example
 * import { choleskySolve, init, tensor } from '@facet/tensor'
 * await init()
 * choleskySolve(tensor([[4, 2], [2, 5]]), tensor([[8], [8]])).toArray() // [[1.5], [1]]
 * choleskySolve(tensor([[1, 2], [2, 1]]), tensor([[1], [1]])).toArray() // [[NaN], [NaN]]
 */
export const choleskySolve = (a: Tensor, b: Tensor): Tensor =>
  dispatch('choleskySolve', together('choleskySolve', a, b), NONE)[0]

/**
 * Solves `A X = B` for square A, batched: elimination with partial pivoting. Where a pivot is exactly 0, or an entry of A no finite
 * number, every number of that X is NaN; a matrix that is singular but for rounding is not noticed, as anywhere
 * (`logDet` says how near it is). Differentiable in both modes.
 *
 * @param a `[..., n, n]`
 * @param b `[..., n, m]`; leading axes broadcast
 * @returns `[..., n, m]`
 * @throws RangeError for shapes that do not fit; TypeError for other dtypes than float32 and float64
 * @example
 * import { init, solve, tensor } from '@facet/tensor'
 * await init()
 * solve(tensor([[0, 2], [4, 0]]), tensor([[2], [4]])).toArray() // [[1], [1]]
 */
export const solve = (a: Tensor, b: Tensor): Tensor => dispatch('solve', together('solve', a, b), NONE)[0]

/**
 * The inverse of square matrices, batched: {@link solve} with the identity on the right; NaN for a singular one. `solve(a, b)` is
 * cheaper and more accurate than `matmul(inverse(a), b)`.
 *
 * @param a `[..., n, n]`
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { init, inverse, tensor } from '@facet/tensor'
 * await init()
 * inverse(tensor([[0, 2], [4, 0]])).toArray() // [[0, 0.25], [0.5, 0]]
 */
export function inverse(a: Tensor): Tensor {
  expectMatrices('inverse', a)
  const identity = eye(a.shape[a.rank - 1], a.dtype)
  return dispatch('solve', [a, broadcastTo(identity, a.shape)], NONE)[0]
}

/**
 * The determinant of square matrices as its sign and the logarithm of its magnitude, batched: `det A = sign · exp(logAbs)`, which
 * neither overflows nor vanishes. A singular matrix has the sign 0 and logAbs −∞, the empty one determinant 1, one with an
 * entry that is no finite number NaN twice. Differentiable in both modes (`∂ logAbs / ∂A = A⁻ᵀ`, NaN for a singular A;
 * the sign has slope 0).
 *
 * @param a `[..., n, n]`
 * @returns `sign [...]`: 1, −1 or 0; `logAbs [...]`
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { init, logDet, tensor } from '@facet/tensor'
 * await init()
 * const { sign, logAbs } = logDet(tensor([[0, 1], [1, 0]]))
 * sign.item() // -1
 * logAbs.item() // 0
 */
export function logDet(a: Tensor): { sign: Tensor; logAbs: Tensor } {
  const [sign, logAbs] = dispatch('logDet', [a], NONE)
  return { sign, logAbs }
}

/**
 * Eigenvalues (ascending) and eigenvectors (columns) of symmetric matrices, batched. Of each vector the component of
 * largest magnitude is positive. A NaN or an infinity makes all results of its matrix NaN.
 *
 * **Gradients.** Those of the values always exist as they come out (of a multiple one each vector's own, whose sum is right).
 * The vectors of a multiple eigenvalue have none: they are any basis of their space. Eigenvalues count as equal within
 * 32 ε · Σ|λ|, where the gradient would have lost all but one digit. A gradient through two vectors of one eigenvalue is
 * NaN, unless nothing comes back to either in the direction of the other; a tangent of such vectors is NaN unless one of them
 * stays an eigenvector. Second derivatives through such vectors do not exist either and are not always seen. For `V f(Λ) Vᵀ`, whose gradient exists there too, use {@link symmetricFunction}.
 *
 * @param a `[..., n, n]`; its symmetric part `(A + Aᵀ)/2` is taken
 * @returns `values [..., n]`, `vectors [..., n, n]`
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { eigh, init, tensor } from '@facet/tensor'
 * await init()
 * eigh(tensor([[3, 0], [0, 2]])).values.toArray() // [2, 3]
 */
export function eigh(a: Tensor): { values: Tensor; vectors: Tensor } {
  const [values, vectors] = dispatch('eigh', [a], NONE)
  return { values, vectors }
}

/** Functions of symmetric matrices by name. */
const symmetricFunctions = {
  exp: { kind: 'exp', exponent: 0 },
  log: { kind: 'log', exponent: 0 },
  sqrt: { kind: 'power', exponent: 0.5 },
  inverseSqrt: { kind: 'power', exponent: -0.5 },
  inverse: { kind: 'power', exponent: -1 },
} as const satisfies Readonly<Record<string, ScalarFunction>>

/** A name, or the exponent of a power. */
export type SymmetricFunction = keyof typeof symmetricFunctions | { readonly power: number }

function scalarFunctionOf(f: SymmetricFunction): ScalarFunction {
  if (typeof f === 'object' && f !== null && Number.isFinite(f.power))
    return { kind: 'power', exponent: f.power }
  if (typeof f === 'string' && Object.hasOwn(symmetricFunctions, f)) return symmetricFunctions[f]
  const names = Object.keys(symmetricFunctions).join(', ')
  throw new TypeError(
    `symmetricFunction: expected one of ${names} or { power: a finite number }, got ${describe(f)}`,
  )
}

/**
 * A function of symmetric matrices, batched: `f(A) = V f(Λ) Vᵀ` for `A = V Λ Vᵀ`. Its derivatives of every order, in both modes, are
 * those of the matrix function (divided differences of f, Daleckiĭ & Kreĭn 1965; Higham, "Functions of Matrices", Thm 3.11),
 * right for eigenvalues that are equal or nearly so, where those through {@link eigh} do not exist.
 *
 * An eigenvalue outside the domain of f makes its matrix NaN: below 0 for `log` and for powers that are not whole. Powers
 * above 0 that are not whole take an eigenvalue that is negative by rounding, at most n ε · max|λ|, for 0. A singular matrix
 * has no `log`, no inverse (NaN or infinities), and its `sqrt` no gradient.
 *
 * @param a `[..., n, n]`; its symmetric part `(A + Aᵀ)/2` is taken, so that gradients are symmetric
 * @param f `'exp'`, `'log'`, `'sqrt'`, `'inverseSqrt'`, `'inverse'` or `{ power: p }`
 * @returns `[..., n, n]`
 * @throws RangeError unless the matrices are square; TypeError for another f, or other dtypes than float32 and float64
 * @example
 * import { init, symmetricFunction, tensor } from '@facet/tensor'
 * await init()
 * symmetricFunction(tensor([[4, 0], [0, 9]]), 'sqrt').toArray() // [[2, 0], [0, 3]]
 * symmetricFunction(tensor([[2, 0], [0, 3]]), { power: 2 }).toArray() // [[4, 0], [0, 9]]
 */
export function symmetricFunction(a: Tensor, f: SymmetricFunction): Tensor {
  const scalar = scalarFunctionOf(f)
  expectMatrices('symmetricFunction', a)
  const { values, vectors } = eigh(stopGradient(a))
  const isRoot = scalar.exponent > 0 && !Number.isInteger(scalar.exponent)
  return dispatch('symmetricFunction', [a, isRoot ? withoutRounding(values) : values, vectors], scalar)[0]
}

/** 0 in the place of eigenvalues that rounding has made negative. */
function withoutRounding(values: Tensor): Tensor {
  const n = values.shape[values.rank - 1]
  if (n === 0) return values
  const accuracy = mul(max(abs(values), -1, true), n * machineEpsilon(values.dtype))
  return where(logicalAnd(less(values, 0), less(neg(values), accuracy)), 0, values)
}

/**
 * The matrix exponential, batched: scaling and squaring with Padé 13 (Higham 2005), halved as often as the norms of powers ask for (Al-Mohy
 * & Higham 2009). The relative error is about ε · ‖A‖, as any change of A by a rounding makes it, and some ε where the large
 * entries lie above a diagonal (nilpotent and triangular matrices, in any order of the rows) or in another block than the
 * small ones. A matrix of a norm above 2⁵⁴, where no digit would be left, is NaN unless it is triangular or its exponential is 0
 * beyond doubt; so is one with a NaN or an infinity. A result beyond the largest number is infinite or NaN. The backend
 * `gpu` computes in float32 and up to a norm of 32,768, beyond it is NaN. For symmetric matrices there is also {@link symmetricFunction}.
 *
 * @param a `[..., n, n]`
 * @returns `[..., n, n]`
 * @throws RangeError unless the matrices are square; TypeError for other dtypes than float32 and float64
 * @example
 * import { expm, init, tensor } from '@facet/tensor'
 * await init()
 * expm(tensor([[0, 3], [0, 0]])).toArray() // [[1, 3], [0, 1]]
 */
export const expm = (a: Tensor): Tensor => dispatch('expm', [a], NONE)[0]

/** Sum of the diagonal of the last two axes. @throws RangeError unless they are as long as each other; TypeError for bools. */
export function trace(a: Tensor): Tensor {
  if (!(a instanceof Tensor)) throw new TypeError(`trace: expected a tensor, got ${describe(a)}`)
  expectKind('trace', 'number', a.dtype)
  if (a.rank < 2 || a.shape[a.rank - 1] !== a.shape[a.rank - 2])
    throw new RangeError(`trace: expected square matrices, got ${formatShape(a.shape)}`)
  return sum(diagonal(a), -1)
}
