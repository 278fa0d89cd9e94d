import type { Kernels } from '../../../kernels.ts'
import type { WasmOp } from '../../../op-table.ts'
import type { Block } from '../block.ts'
import type { Heap } from '../heap.ts'
import type { Module } from '../module.ts'
import type { Effect } from '../recording.ts'
import { contractionKernels } from './contraction.ts'
import { elementwiseKernels } from './elementwise.ts'
import { layoutKernels } from './layout.ts'
import { piecewiseAffineKernels } from './piecewise-affine.ts'
import { reductionKernels } from './reduction.ts'

/** Every op that brings no kernels of its own. */
export function makeKernels(heap: Heap, module: Module, effect: Effect): Pick<Kernels<Block>, WasmOp> {
  return {
    ...elementwiseKernels(module),
    ...reductionKernels(heap, module),
    ...contractionKernels(module),
    ...layoutKernels(heap, module, effect),
    ...piecewiseAffineKernels(module),
  }
}
