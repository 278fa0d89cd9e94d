import type { TypedArray } from '../../../dtype.ts'
import type { Kernels } from '../../../kernels.ts'
import { contractionKernels } from './contraction.ts'
import { elementwiseKernels } from './elementwise.ts'
import { layoutKernels } from './layout.ts'
import { linearAlgebraKernels } from './linear-algebra.ts'
import { orderingKernels } from './ordering.ts'
import { piecewiseAffineKernels } from './piecewise-affine.ts'
import { reductionKernels } from './reduction.ts'

/** Every op of the table: a missing kernel is a compile error. */
export const kernels: Kernels<TypedArray> = {
  ...elementwiseKernels,
  ...reductionKernels,
  ...contractionKernels,
  ...layoutKernels,
  ...orderingKernels,
  ...piecewiseAffineKernels,
  ...linearAlgebraKernels,
}
