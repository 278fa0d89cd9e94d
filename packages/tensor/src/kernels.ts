import type { Kernel } from './backend.ts'
import type { OpName, OpParams, ViewOp } from './op-table.ts'

/** One kernel per op of the table, what a backend has: a missing one is a compile error. Views need none. */
export type Kernels<B> = { readonly [N in Exclude<OpName, ViewOp>]: Kernel<B, OpParams[N]> }
