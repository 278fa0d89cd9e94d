import type { Kernel } from '../../../backend.ts'
import { machineEpsilon } from '../../../dtype.ts'
import type { MatrixFamily } from '../../../ops/linear-algebra/rules.ts'
import type { Block } from '../block.ts'
import type { WasmFamily } from '../family.ts'
import type { Heap } from '../heap.ts'
import { codes, kernels as text, version } from '../linear-algebra.generated.ts'
import { byDType, type Module } from '../module.ts'
import { floats } from './dtypes.ts'
import { notConverged } from './not-converged.ts'

type LinearAlgebraKernels = { readonly [N in keyof MatrixFamily]: Kernel<Block, MatrixFamily[N]> }

/** Factorizations, solutions and functions of matrices, computed in float64. */
function makeKernels(heap: Heap, module: Module): LinearAlgebraKernels {
  const factor = byDType(module, 'cholesky', floats)
  const solveDefinite = byDType(module, 'choleskySolve', floats)
  const solveAny = byDType(module, 'solve', floats)
  const determine = byDType(module, 'logDet', floats)
  const direct = byDType(module, 'direction', floats)
  const apply = byDType(module, 'symmetricFunction', floats)
  const exponential = byDType(module, 'expm', floats)

  const cholesky: LinearAlgebraKernels['cholesky'] = ([a], [y]) => {
    if (a.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const scratch = heap.allocate('float64', n * n)
    const call = factor[a.dtype as 'float32']
    call(a.size / (n * n), n, a.buffer.pointer, y.buffer.pointer, scratch.pointer)
    heap.release(scratch)
  }

  const choleskySolve: LinearAlgebraKernels['choleskySolve'] = ([a, b], [x]) => {
    if (x.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const m = b.shape[b.shape.length - 1]
    const scratch = heap.allocate('float64', n * (2 * n + m))
    // A pivot up to ε · max is dropped, ε that of the matrix's dtype: the reference backend says why.
    const epsilon = machineEpsilon(a.dtype)
    const [from, right, to] = [a, b, x].map(({ buffer }) => buffer.pointer)
    solveDefinite[a.dtype as 'float32'](x.size / (n * m), n, m, from, right, to, epsilon, scratch.pointer)
    heap.release(scratch)
  }

  const solve: LinearAlgebraKernels['solve'] = ([a, b], [x]) => {
    if (x.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const m = b.shape[b.shape.length - 1]
    const scratch = heap.allocate('float64', n * (n + m))
    const [from, right, to] = [a, b, x].map(({ buffer }) => buffer.pointer)
    solveAny[a.dtype as 'float32'](x.size / (n * m), n, m, from, right, to, scratch.pointer)
    heap.release(scratch)
  }

  const logDet: LinearAlgebraKernels['logDet'] = ([a], [signs, logarithms]) => {
    if (signs.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const scratch = heap.allocate('float64', n * n)
    const [from, toSigns, toLogarithms] = [a, signs, logarithms].map(({ buffer }) => buffer.pointer)
    determine[a.dtype as 'float32'](signs.size, n, from, toSigns, toLogarithms, scratch.pointer)
    heap.release(scratch)
  }

  const symmetricFunction: LinearAlgebraKernels['symmetricFunction'] = (
    [a, values, vectors, ...directions],
    [y],
    { kind, exponent },
  ) => {
    if (a.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const dtype = a.dtype as 'float32'
    const order = directions.length
    const wide = heap.allocate('float64', order * a.size)
    directions.forEach(({ buffer }, d) => {
      direct[dtype](buffer.pointer, a.size, wide.pointer + d * a.size * 8)
    })
    const scratch = heap.allocate('float64', (3 + order) * n * n + n + 3 * (order + 1))
    const [from, turned, to] = [values, vectors, y].map(({ buffer }) => buffer.pointer)
    const call = apply[dtype]
    const [count, code] = [a.size / (n * n), codes.scalarFunction[kind]]
    call(count, n, code, exponent, order, from, turned, wide.pointer, to, scratch.pointer)
    heap.release(scratch)
    heap.release(wide)
  }

  const expm: LinearAlgebraKernels['expm'] = ([a], [y]) => {
    if (a.size === 0) return
    const n = a.shape[a.shape.length - 1]
    const scratch = heap.allocate('float64', 10 * n * n + 4 * n + 4)
    const call = exponential[a.dtype as 'float32']
    const failed = call(a.size / (n * n), n, a.buffer.pointer, y.buffer.pointer, scratch.pointer)
    heap.release(scratch)
    if (failed >= 0) throw new Error(notConverged('expm', failed))
  }
  return { cholesky, choleskySolve, solve, logDet, symmetricFunction, expm }
}

/** Kernels that come with the ops of the family linear-algebra. */
export const linearAlgebraFamily: WasmFamily<LinearAlgebraKernels> = {
  ...{ name: 'tensor/core', part: 'expm_f32', version },
  ...{ text, splits: {}, makeKernels },
}
