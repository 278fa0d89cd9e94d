import { formatShape, type Tensor } from '@facet/tensor'
import type { Network } from '../network.ts'

/** Targets in an error: `float32 [6, 1]`. */
export const describeTargets = (y: Tensor | undefined): string =>
  y === undefined ? 'none' : `${y.dtype} ${formatShape(y.shape)}`

/** Whether targets are floats with a number for every output. */
export const isLikeOutputs = (y: Tensor, { outputs, dtype }: Network): boolean =>
  y.rank === 2 && y.shape[1] === outputs && y.dtype === dtype
