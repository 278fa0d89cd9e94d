import { describe } from '../../checks.ts'
import { dispatch } from '../../dispatch.ts'
import { machineEpsilon } from '../../dtype.ts'
import type { Tensor } from '../../tensor.ts'
import { mul } from '../elementwise/binary.ts'
import { less, logicalAnd } from '../elementwise/logic.ts'
import { where } from '../elementwise/ternary.ts'
import { abs, neg, stopGradient } from '../elementwise/unary.ts'
import { max } from '../reduction/fold.ts'
import { eigh } from './eigh.ts'
import { expectMatrices } from './expect-matrices.ts'
import ops from './family.ts'
import type { ScalarFunction } from './scalar-function.ts'

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
  return dispatch(ops.symmetricFunction, [a, isRoot ? withoutRounding(values) : values, vectors], scalar)[0]
}

/** 0 in the place of eigenvalues that rounding has made negative. */
function withoutRounding(values: Tensor): Tensor {
  const n = values.shape[values.rank - 1]
  if (n === 0) return values
  const accuracy = mul(max(abs(values), -1, true), n * machineEpsilon(values.dtype))
  return where(logicalAnd(less(values, 0), less(neg(values), accuracy)), 0, values)
}
