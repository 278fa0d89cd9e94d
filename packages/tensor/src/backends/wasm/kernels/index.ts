import type { Kernels } from '../../../kernels.ts'
import type { Block } from '../block.ts'
import type { Heap } from '../heap.ts'
import type { Module } from '../module.ts'
import type { Effect } from '../recording.ts'
import { contractionKernels } from './contraction.ts'
import { elementwiseKernels } from './elementwise.ts'
import { layoutKernels } from './layout.ts'
import { linearAlgebraKernels } from './linear-algebra.ts'
import { orderingKernels } from './ordering.ts'
import { piecewiseAffineKernels } from './piecewise-affine.ts'
import { reductionKernels } from './reduction.ts'

/** Every op of the table. */
export function makeKernels(heap: Heap, module: Module, effect: Effect): Kernels<Block> {
  return {
    ...elementwiseKernels(module),
    ...reductionKernels(heap, module),
    ...contractionKernels(module),
    ...layoutKernels(heap, module, effect),
    ...orderingKernels(heap, module),
    ...piecewiseAffineKernels(module),
    ...linearAlgebraKernels(heap, module),
  }
}
