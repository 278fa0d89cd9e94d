import type { GpuKernelOf } from '../kernel.ts'
import { multiply } from './multiply.ts'

const matmul: GpuKernelOf<'matmul'> = (runner, [a, b], [z], { transposeA, transposeB }) => {
  const [m, n] = z.shape.slice(-2)
  const k = a.shape[a.shape.length - (transposeA ? 2 : 1)]
  multiply(runner, {
    a,
    b,
    m,
    n,
    k,
    transposeA,
    transposeB,
    lead: z.shape.slice(0, -2),
    to: [z.buffer.storage],
  })
}

/** Kernels of contractions. */
export const contractionKernels = { matmul }
