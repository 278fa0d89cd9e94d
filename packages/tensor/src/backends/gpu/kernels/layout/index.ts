import { concat } from './concat.ts'
import { indexKernels } from './indexed.ts'
import { pad } from './pad.ts'
import { stridedKernels } from './strided.ts'

/** Kernels of ops that move elements. */
export const layoutKernels = { ...stridedKernels, pad, concat, ...indexKernels }
