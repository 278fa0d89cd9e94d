import { type DType, machineEpsilon, type TypedArray } from '../../dtype.ts'
import type { Case } from '../../testing/case.ts'
import type { Tolerance } from '../../testing/tolerance.ts'
import { largestOf, type Verdict } from './verdict.ts'

/** Components this near to the largest count as equal to it when the sign is chosen. */
const TIE = 1e-5

/**
 * Eigenvalues as those of `reference`; vectors by what they are, for those of close eigenvalues are any basis of their space:
 * `A v = λ v`, orthonormal, the largest component positive.
 */
export function checkEigen(
  c: Case<'eigh'>,
  dtype: DType,
  [values, vectors]: readonly TypedArray[],
  [wantValues]: readonly TypedArray[],
  tolerance: Tolerance,
): Verdict {
  const [a] = c.inputs
  const n = a.shape[a.shape.length - 1]
  const precision = (tolerance.kind === 'norm' ? tolerance.factor : 0) * n * machineEpsilon(dtype)
  for (let each = 0; each * n < values.length; each++) {
    const matrix = a.values.subarray(each * n * n, (each + 1) * n * n)
    const lambda = values.subarray(each * n, (each + 1) * n)
    const columns = vectors.subarray(each * n * n, (each + 1) * n * n)
    if (Number.isNaN(wantValues[each * n])) {
      if (![...lambda, ...columns].every(Number.isNaN))
        return `matrix ${each} has numbers in its results, expected NaN`
      continue
    }
    const norm = largestOf(matrix)
    const problem = checkMatrix(matrix, lambda, columns, wantValues.subarray(each * n), n, precision, norm)
    if (problem !== undefined) return `matrix ${each}: ${problem}`
  }
  return undefined
}

function checkMatrix(
  matrix: TypedArray,
  lambda: TypedArray,
  vectors: TypedArray,
  want: TypedArray,
  n: number,
  precision: number,
  norm: number,
): Verdict {
  for (let k = 0; k < n; k++) {
    if (!(Math.abs(lambda[k] - want[k]) <= precision * norm))
      return `eigenvalue ${k} is ${lambda[k]}, expected ${want[k]} ± ${precision * norm}`
    let [most, positive] = [0, 0]
    for (let i = 0; i < n; i++) {
      let residual = -lambda[k] * vectors[i * n + k]
      for (let j = 0; j < n; j++)
        residual += (matrix[i * n + j] / 2 + matrix[j * n + i] / 2) * vectors[j * n + k]
      if (!(Math.abs(residual) <= precision * norm))
        return `row ${i} of A v − λ v of vector ${k} is ${residual}, expected at most ${precision * norm}`
      most = Math.max(most, Math.abs(vectors[i * n + k]))
      positive = Math.max(positive, vectors[i * n + k])
    }
    if (positive < most * (1 - TIE)) return `the largest component of vector ${k} is negative`
    for (let l = 0; l <= k; l++) {
      let inner = k === l ? -1 : 0
      for (let i = 0; i < n; i++) inner += vectors[i * n + k] * vectors[i * n + l]
      if (!(Math.abs(inner) <= precision)) return `vectors ${k} and ${l} are off orthonormal by ${inner}`
    }
  }
  return undefined
}
