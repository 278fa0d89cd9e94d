import type { Kernel } from '../../backend.ts'
import { machineEpsilon, type TypedArray } from '../../dtype.ts'
import type { None } from '../../op-params.ts'
import {
  choleskyFactor,
  choleskySolveInPlace,
  matrixExponential,
  matrixExponentialWorkspace,
  symmetricEigen,
} from './linalg/index.ts'

type K = Kernel<TypedArray, None>

/** Float64 copies of the matrices at hand; all factorisations run in float64 whatever the dtype. */
const copyIn = (into: Float64Array, from: TypedArray, at: number): void => {
  for (let i = 0; i < into.length; i++) into[i] = from[at + i]
}

/** Calls with the index of each matrix of a batch. */
function eachMatrix(size: number, each: number, visit: (index: number) => void): void {
  for (let index = 0; index * each < size; index++) visit(index)
}

export const choleskySolve: K = ([a, b], [x]) => {
  const n = a.shape[a.shape.length - 1]
  const m = b.shape[b.shape.length - 1]
  const factor = new Float64Array(n * n)
  const solution = new Float64Array(n * m)
  // A pivot up to ε · max is dropped, ε that of the dtype the matrix was computed in. With the customary n · ε a rank-one
  // float32 Gram matrix of 10 generators would lose its default ridge: 1e-5 · trace / 10 = 1e-6 · max < 1.2e-6 · max.
  const epsilon = machineEpsilon(a.dtype) / n
  eachMatrix(x.size, n * m, (index) => {
    copyIn(factor, a.buffer, index * n * n)
    copyIn(solution, b.buffer, index * n * m)
    choleskyFactor(factor, n, epsilon)
    choleskySolveInPlace(factor, n, solution, m)
    x.buffer.set(solution, index * n * m)
  })
}

export const eigh: K = ([a], [values, vectors]) => {
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
}

export const expm: K = ([a], [y]) => {
  const n = a.shape[a.shape.length - 1]
  const matrix = new Float64Array(n * n)
  const result = new Float64Array(n * n)
  const workspace = new Float64Array(matrixExponentialWorkspace(n))
  eachMatrix(a.size, n * n, (index) => {
    copyIn(matrix, a.buffer, index * n * n)
    matrixExponential(matrix, n, result, workspace)
    y.buffer.set(result, index * n * n)
  })
}
