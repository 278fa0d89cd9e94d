import { binaryKernels } from './binary.ts'
import { cast } from './cast.ts'
import { ternaryKernels } from './ternary.ts'
import { unaryKernels } from './unary.ts'

/** Kernels of elementwise ops. */
export const elementwiseKernels = { ...unaryKernels, ...binaryKernels, ...ternaryKernels, cast }
