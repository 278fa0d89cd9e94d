import { machineEpsilon } from '../../../dtype.ts'
import type { Heap } from '../heap.ts'
import { byDType, type Module } from '../module.ts'
import { floats, type WasmKernel } from './kernel.ts'

export function linearAlgebraKernels(heap: Heap, module: Module) {
  const solve = byDType(module, 'choleskySolve', floats)
  const decompose = byDType(module, 'eigh', floats)
  const exponential = byDType(module, 'expm', floats)

  const choleskySolve: WasmKernel<'choleskySolve'> = ([a, b], [x]) => {
    if (x.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const m = b.shape[b.shape.length - 1]
    const scratch = heap.allocate('float64', n * (n + m))
    // A pivot up to ε · max is dropped, ε that of the matrix's dtype: the reference backend says why.
    const epsilon = machineEpsilon(a.dtype) / n
    const [from, right, to] = [a, b, x].map(({ buffer }) => buffer.pointer)
    solve[a.dtype as 'float32'](x.size / (n * m), n, m, from, right, to, epsilon, scratch.pointer)
    heap.release(scratch)
  }

  const eigh: WasmKernel<'eigh'> = ([a], [values, vectors]) => {
    if (a.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const scratch = heap.allocate('float64', n * (n + 2))
    const [from, toValues, toVectors] = [a, values, vectors].map(({ buffer }) => buffer.pointer)
    const call = decompose[a.dtype as 'float32']
    const failed = call(a.size / (n * n), n, from, toValues, toVectors, scratch.pointer)
    heap.release(scratch)
    if (failed >= 0)
      throw new Error(`eigh: expected eigenvalue ${failed} within 60 sweeps, got no convergence`)
  }

  const expm: WasmKernel<'expm'> = ([a], [y]) => {
    if (a.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const scratch = heap.allocate('float64', 7 * n * n)
    const call = exponential[a.dtype as 'float32']
    call(a.size / (n * n), n, a.buffer.pointer, y.buffer.pointer, scratch.pointer)
    heap.release(scratch)
  }
  return { choleskySolve, eigh, expm }
}
