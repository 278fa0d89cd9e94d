import { cholesky } from './cholesky.ts'
import { choleskySolve } from './cholesky-solve.ts'
import { logDet } from './log-det.ts'
import { matrixExponential } from './matrix-exponential.ts'
import { solve } from './solve.ts'
import { symmetricEigen } from './symmetric-eigen.ts'
import { symmetricFunction } from './symmetric-function.ts'

/** Kernels of linear algebra. */
export const linearAlgebraKernels = {
  cholesky,
  choleskySolve,
  solve,
  logDet,
  eigh: symmetricEigen,
  symmetricFunction,
  expm: matrixExponential,
}
