import type { Kernel } from '../../../backend.ts'
import type { None } from '../../../op.ts'
import type { Block } from '../block.ts'
import type { WasmFamily } from '../family.ts'
import type { Heap } from '../heap.ts'
import { byDType, type Module } from '../module.ts'
import { kernels as text, version } from '../spectral.generated.ts'
import { floats } from './dtypes.ts'
import { notConverged } from './not-converged.ts'

type Eigh = Kernel<Block, None>

/** Eigenvalues and eigenvectors, computed in float64. */
function makeKernels(heap: Heap, module: Module): { readonly eigh: Eigh } {
  const decompose = byDType(module, 'eigh', floats)
  const eigh: Eigh = ([a], [values, vectors]) => {
    if (a.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const scratch = heap.allocate('float64', n * (n + 2))
    const [from, toValues, toVectors] = [a, values, vectors].map(({ buffer }) => buffer.pointer)
    const call = decompose[a.dtype as 'float32']
    const failed = call(a.size / (n * n), n, from, toValues, toVectors, scratch.pointer)
    heap.release(scratch)
    if (failed >= 0) throw new Error(notConverged('eigh', failed))
  }

  return { eigh }
}

/** The kernel that comes with the op `eigh`. */
export const spectralFamily: WasmFamily<ReturnType<typeof makeKernels>> = {
  ...{ name: 'tensor/core', part: 'eigh_f32', version },
  ...{ text, splits: {}, makeKernels },
}
