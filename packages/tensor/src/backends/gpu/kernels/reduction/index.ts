import { argReduceKernels } from './arg-reduce.ts'
import { cumulativeKernels } from './cumulative.ts'
import { reduceKernels } from './reduce.ts'

/** Kernels of reductions. */
export const reductionKernels = { ...reduceKernels, ...argReduceKernels, ...cumulativeKernels }
