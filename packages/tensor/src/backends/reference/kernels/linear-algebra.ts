import { machineEpsilon, smallestNormal, type TypedArray } from '../../../dtype.ts'
import {
  choleskyDefinite,
  choleskyFactor,
  choleskySolveInPlace,
  functionOfSymmetric,
  isIndefinite,
  luSolveInPlace,
  matrixExponential,
  matrixExponentialWorkspace,
  symmetricEigen,
} from '../linalg/index.ts'
import type { KernelFamily } from './family.ts'

/** Copies one matrix into float64, in which all factorisations are computed, whatever the dtype. */
const copyIn = (into: Float64Array, from: TypedArray, at: number): void => {
  for (let i = 0; i < into.length; i++) into[i] = from[at + i]
}

/** Copies the symmetric part `(A + Aᵀ)/2` into the lower triangle, so that the upper triangle of A counts, its NaN too. */
function copySymmetricIn(into: Float64Array, from: TypedArray, at: number, n: number): void {
  copyIn(into, from, at)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) into[i * n + j] = into[i * n + j] / 2 + into[j * n + i] / 2
}

/** Calls with the index of each matrix of a batch of `size` elements, `each` per matrix. */
function eachMatrix(size: number, each: number, visit: (index: number) => void): void {
  for (let index = 0; index * each < size; index++) visit(index)
}

/** Whether a pivot of a triangular factor is 0 or NaN. */
function hasNoPivot(factor: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) if (!(Math.abs(factor[i * n + i]) > 0)) return true
  return false
}

export const linearAlgebraKernels = {
  cholesky([a], [factor]) {
    const n = a.shape[a.shape.length - 1]
    const matrix = new Float64Array(n * n)
    eachMatrix(a.size, n * n, (index) => {
      copySymmetricIn(matrix, a.buffer, index * n * n, n)
      choleskyDefinite(matrix, n)
      factor.buffer.set(matrix, index * n * n)
    })
  },

  choleskySolve([a, b], [x]) {
    const n = a.shape[a.shape.length - 1]
    const m = b.shape[b.shape.length - 1]
    const factor = new Float64Array(n * n)
    const matrix = new Float64Array(n * n)
    const solution = new Float64Array(n * m)
    // A pivot up to ε · max is dropped, ε that of the dtype the matrix was computed in. With the customary n · ε a rank-one
    // float32 Gram matrix of 10 generators would lose its default ridge: 1e-5 · trace / 10 = 1e-6 · max < 1.2e-6 · max.
    const epsilon = machineEpsilon(a.dtype)
    eachMatrix(x.size, n * m, (index) => {
      copySymmetricIn(factor, a.buffer, index * n * n, n)
      copyIn(solution, b.buffer, index * n * m)
      if (choleskyFactor(factor, n, epsilon / n)) {
        copySymmetricIn(matrix, a.buffer, index * n * n, n)
        if (isIndefinite(matrix, n, epsilon, smallestNormal(a.dtype))) factor.fill(Number.NaN)
      }
      choleskySolveInPlace(factor, n, solution, m)
      x.buffer.set(solution, index * n * m)
    })
  },

  solve([a, b], [x]) {
    const n = a.shape[a.shape.length - 1]
    const m = b.shape[b.shape.length - 1]
    const matrix = new Float64Array(n * n)
    const solution = new Float64Array(n * m)
    eachMatrix(x.size, n * m, (index) => {
      copyIn(matrix, a.buffer, index * n * n)
      copyIn(solution, b.buffer, index * n * m)
      const isWhole = matrix.every(Number.isFinite)
      luSolveInPlace(matrix, n, solution, m)
      if (!isWhole || hasNoPivot(matrix, n)) solution.fill(Number.NaN)
      x.buffer.set(solution, index * n * m)
    })
  },

  logDet([a], [signs, logarithms]) {
    const n = a.shape[a.shape.length - 1]
    const matrix = new Float64Array(n * n)
    const nothing = new Float64Array(0)
    for (let index = 0; index < signs.size; index++) {
      copyIn(matrix, a.buffer, index * n * n)
      const isWhole = matrix.every(Number.isFinite)
      let sign = isWhole ? luSolveInPlace(matrix, n, nothing, 0) : Number.NaN
      let logarithm = isWhole ? 0 : Number.NaN
      // A pivot of 0 makes the determinant 0; elimination divides by it and leaves NaN in the pivots that follow.
      for (let i = 0; i < n && sign !== 0; i++) {
        // Adding 0 makes 0 of −0.
        sign = sign * Math.sign(matrix[i * n + i]) + 0
        logarithm += Math.log(Math.abs(matrix[i * n + i]))
      }
      signs.buffer[index] = sign
      logarithms.buffer[index] = logarithm
    }
  },

  eigh([a], [values, vectors]) {
    const n = a.shape[a.shape.length - 1]
    const matrix = new Float64Array(n * n)
    const eigenvalues = new Float64Array(n)
    const eigenvectors = new Float64Array(n * n)
    const workspace = new Float64Array(n)
    eachMatrix(a.size, n * n, (index) => {
      copyIn(matrix, a.buffer, index * n * n)
      symmetricEigen(matrix, n, eigenvalues, eigenvectors, workspace)
      values.buffer.set(eigenvalues, index * n)
      vectors.buffer.set(eigenvectors, index * n * n)
    })
  },

  symmetricFunction([a, values, vectors, ...directions], [y], f) {
    const n = a.shape[a.shape.length - 1]
    const eigenvalues = new Float64Array(n)
    const eigenvectors = new Float64Array(n * n)
    const copies = directions.map(() => new Float64Array(n * n))
    const result = new Float64Array(n * n)
    eachMatrix(a.size, n * n, (index) => {
      copyIn(eigenvalues, values.buffer, index * n)
      copyIn(eigenvectors, vectors.buffer, index * n * n)
      for (let d = 0; d < directions.length; d++) copyIn(copies[d], directions[d].buffer, index * n * n)
      functionOfSymmetric(f, n, eigenvalues, eigenvectors, copies, result)
      y.buffer.set(result, index * n * n)
    })
  },

  expm([a], [y]) {
    const n = a.shape[a.shape.length - 1]
    const matrix = new Float64Array(n * n)
    const result = new Float64Array(n * n)
    const workspace = new Float64Array(matrixExponentialWorkspace(n))
    eachMatrix(a.size, n * n, (index) => {
      copyIn(matrix, a.buffer, index * n * n)
      matrixExponential(matrix, n, result, workspace)
      y.buffer.set(result, index * n * n)
    })
  },
} satisfies KernelFamily
