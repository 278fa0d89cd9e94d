import type { DType } from './dtype.ts'
import type { Shape } from './shape.ts'

/** One tensor as a kernel sees it: dense, contiguous, row-major. `B` is the backend's own buffer. */
export interface KernelOperand<B> {
  readonly buffer: B
  readonly shape: Shape
  readonly size: number
  readonly dtype: DType
}
