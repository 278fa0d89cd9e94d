export { choleskyFactor, choleskySolveInPlace } from './cholesky.ts'
export { matrixExponential, matrixExponentialWorkspace } from './matrix-exponential.ts'
export { symmetricEigen } from './symmetric-eigen.ts'
