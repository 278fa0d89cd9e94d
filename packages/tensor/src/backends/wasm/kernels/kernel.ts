import type { Kernel } from '../../../backend.ts'
import type { KernelOperand } from '../../../kernel-operand.ts'
import type { OpName, OpParams, ViewOp } from '../../../op-table.ts'
import type { Block } from '../block.ts'

export { anything, floats, numbers } from './dtypes.ts'

/** The kernel of an op on this backend. */
export type WasmKernel<N extends Exclude<OpName, ViewOp>> = Kernel<Block, OpParams[N]>

/** A tensor that a kernel reads or writes, in the memory of the module. */
export type WasmOperand = KernelOperand<Block>

/** The kernels of the ops that one function computes, each made from the op's code. */
export const byCode = <N extends string, K>(
  codes: Readonly<Record<N, number>>,
  kernel: (code: number) => K,
): Record<N, K> =>
  Object.fromEntries(Object.entries<number>(codes).map(([name, code]) => [name, kernel(code)])) as Record<
    N,
    K
  >
