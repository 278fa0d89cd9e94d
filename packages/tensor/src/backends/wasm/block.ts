import type { DType } from '../../dtype.ts'

/** A piece of the memory that holds one tensor, or a view of a part of it. */
export interface Block {
  /** Address in bytes, a multiple of 16 for a whole block. */
  readonly pointer: number
  readonly size: number
  readonly dtype: DType
  /** Size class of a small block, the index of its list of free blocks; −1 for large blocks and for views. */
  readonly kind: number
}
