import { binaryKernels } from './binary.ts'
import { cast } from './cast.ts'
import { ternaryKernels } from './ternary.ts'
import { unaryKernels } from './unary.ts'

export const elementwiseKernels = { ...unaryKernels, ...binaryKernels, ...ternaryKernels, cast }
