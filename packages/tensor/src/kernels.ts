import type { Kernel } from './backend.ts'
import type { CoreOp, OpParams } from './op-table.ts'

/**
 * One kernel per op of the table, what a backend has: a missing one is a compile error. Views need none, and families of ops bring theirs.
 */
export type Kernels<B> = { readonly [N in CoreOp]: Kernel<B, OpParams[N]> }
