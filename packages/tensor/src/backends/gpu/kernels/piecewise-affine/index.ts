import { activate } from './activate.ts'
import { affine } from './affine.ts'
import { applySlopes } from './apply-slopes.ts'
import { stateKernels } from './states.ts'

/** Kernels of ops of piecewise-affine layers. */
export const piecewiseAffineKernels = { activate, affine, applySlopes, ...stateKernels }
