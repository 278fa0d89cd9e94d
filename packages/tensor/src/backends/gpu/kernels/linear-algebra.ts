import type { Runner } from '../runner.ts'
import { choleskySolve } from './cholesky-solve.ts'
import type { ContractionKernels } from './contraction.ts'
import { matrixExponential } from './matrix-exponential.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

export const linearAlgebraKernels = (runner: Runner, contraction: ContractionKernels) => ({
  choleskySolve: choleskySolve(runner),
  eigh: symmetricEigen(runner),
  expm: matrixExponential(runner, contraction),
})
