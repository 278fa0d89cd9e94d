import { convolutions } from './convolutions.ts'
import { maxPool2d } from './max-pool.ts'
import { windowSums } from './window-sums.ts'
import { winnerKernels } from './winners.ts'

/** Kernels of ops that slide windows over images. */
export const convolutionKernels = { ...convolutions, maxPool2d, ...winnerKernels, ...windowSums }
