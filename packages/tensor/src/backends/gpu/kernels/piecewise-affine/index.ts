import { affine } from './affine.ts'
import { applySlopes } from './apply-slopes.ts'
import { stateKernels } from './states.ts'

export const piecewiseAffineKernels = { affine, applySlopes, ...stateKernels }
