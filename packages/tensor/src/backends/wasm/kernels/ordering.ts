import { byDType, type Module } from '../module.ts'
import { floats, type WasmKernel } from './kernel.ts'

/** Ops that compare the elements of a row. */
export function orderingKernels(module: Module) {
  const masks = byDType(module, 'topKMask', floats)

  const topKMask: WasmKernel<'topKMask'> = ([x], [y], { k }) => {
    const length = x.shape[x.shape.length - 1]
    const rows = x.size / Math.max(1, length)
    masks[x.dtype as 'float32'](rows, length, k, x.buffer.pointer, y.buffer.pointer)
  }
  return { topKMask }
}
