import { scalarKernels } from './scalar-kernels.ts'

/** Ops of three numbers `x`, `y` and `z`. */
export const ternaryKernels = scalarKernels({
  where: 'x != 0 ? y : z',
})
