import type { Runner } from '../runner.ts'
import { choleskySolve } from './cholesky-solve.ts'
import type { ContractionKernels } from './contraction.ts'
import { cholesky, logDet, solve } from './elimination.ts'
import { matrixExponential } from './matrix-exponential.ts'
import { symmetricEigen } from './symmetric-eigen.ts'
import { symmetricFunction } from './symmetric-function.ts'

export const linearAlgebraKernels = (runner: Runner, contraction: ContractionKernels) => ({
  cholesky: cholesky(runner),
  choleskySolve: choleskySolve(runner),
  solve: solve(runner),
  logDet: logDet(runner),
  eigh: symmetricEigen(runner),
  symmetricFunction: symmetricFunction(runner, contraction),
  expm: matrixExponential(runner, contraction),
})
