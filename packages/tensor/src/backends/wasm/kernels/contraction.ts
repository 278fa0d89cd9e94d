import { broadcastSteps } from '../../strides.ts'
import { bytesPerElement } from '../heap.ts'
import { byDType, type Module } from '../module.ts'
import { eachPlane } from '../planes.ts'
import { floats, type WasmKernel } from './kernel.ts'

/** Products of matrices. */
export function contractionKernels(module: Module) {
  const products = byDType(module, 'matmul', floats)
  const batches = byDType(module, 'matmulBatch', floats)

  const matmul: WasmKernel<'matmul'> = ([x, y], [z], { transposeA, transposeB }) => {
    if (z.size === 0) return
    const m = z.shape[z.shape.length - 2]
    const n = z.shape[z.shape.length - 1]
    const k = x.shape[x.shape.length - (transposeA ? 2 : 1)]
    const [a, b, c] = [x.buffer.pointer, y.buffer.pointer, z.buffer.pointer]
    const [ta, tb] = [transposeA ? 1 : 0, transposeB ? 1 : 0]
    // Many left sides against one right side are one product of more rows.
    if (y.size === k * n && (ta === 0 || x.size === m * k)) {
      products[x.dtype as 'float32'](z.size / n, n, k, a, ta, b, tb, c)
      return
    }
    const unit = bytesPerElement(x.dtype)
    const batch = z.shape.slice(0, -2)
    const steps = [
      broadcastSteps(x.shape.slice(0, -2), batch, m * k * unit),
      broadcastSteps(y.shape.slice(0, -2), batch, k * n * unit),
      broadcastSteps(batch, batch, m * n * unit),
    ]
    const call = batches[x.dtype as 'float32']
    eachPlane(batch, steps, (outer, inner, [p, q, r], [ao, bo, co], [ai, bi, ci]) => {
      call(inner, m, n, k, a + p, ta, b + q, tb, c + r, ao, bo, co, ai, bi, ci, 0, outer * inner)
    })
  }
  return { matmul }
}
