import type { Kernel } from '../../../backend.ts'
import type { Kernels } from '../../../kernels.ts'
import type { Runner } from '../runner.ts'
import type { GpuBuffer } from '../texture-storage.ts'
import { contractionKernels } from './contraction/index.ts'
import { convolutionKernels } from './convolution/index.ts'
import { elementwiseKernels } from './elementwise/index.ts'
import type { GpuKernel, GpuKernels } from './kernel.ts'
import { layoutKernels } from './layout/index.ts'
import { linearAlgebraKernels } from './linear-algebra/index.ts'
import { orderingKernels } from './ordering.ts'
import { piecewiseAffineKernels } from './piecewise-affine/index.ts'
import { reductionKernels } from './reduction/index.ts'

const table: GpuKernels = {
  ...elementwiseKernels,
  ...reductionKernels,
  ...contractionKernels,
  ...convolutionKernels,
  ...layoutKernels,
  ...orderingKernels,
  ...piecewiseAffineKernels,
  ...linearAlgebraKernels,
}

/** The kernels of all ops, drawn by one runner. */
export function kernelsOn(runner: Runner): Kernels<GpuBuffer> {
  const bound = Object.entries<GpuKernel<never>>(table).map(
    ([name, kernel]): [string, Kernel<GpuBuffer, never>] => [name, kernel.bind(null, runner)],
  )
  return Object.fromEntries(bound) as unknown as Kernels<GpuBuffer>
}
