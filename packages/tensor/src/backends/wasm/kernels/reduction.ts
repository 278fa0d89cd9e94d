import { sizeOf } from '../../../shape.ts'
import type { Heap } from '../heap.ts'
import { codes } from '../kernels.generated.ts'
import { byDType, type Module } from '../module.ts'
import { anything, byCode, type WasmKernel, type WasmOperand } from './kernel.ts'
import { transposeTo } from './layout.ts'

/** Lengths before, along and behind the axes `first … last`. */
const around = ({ shape }: WasmOperand, first: number, last: number): [number, number, number] => [
  sizeOf(shape.slice(0, first)),
  sizeOf(shape.slice(first, last + 1)),
  sizeOf(shape.slice(last + 1)),
]

/** Ops along axes: sums, extrema, their places, running sums. */
export function reductionKernels(heap: Heap, module: Module) {
  const calls = { ...byDType(module, 'reduce', anything) }
  const best = byDType(module, 'argReduce', anything)
  const cumulate = {
    ...byDType(module, 'cumulate', ['float32', 'float64', 'int32']),
    uint32: module.cumulate_i32,
    bool: null,
  }

  const reduce =
    (op: number): WasmKernel<'sum'> =>
    ([x], [y], { axes }) => {
      const from = axes[0] ?? 0
      const to = axes[axes.length - 1] ?? -1
      const call = calls[x.dtype]
      if (to - from + 1 === axes.length) {
        call(op, ...around(x, from, to), x.buffer.pointer, y.buffer.pointer)
        return
      }
      // Axes with others between them: moved behind the rest first.
      const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]))
      const moved = heap.allocate(x.dtype, x.size)
      transposeTo(module, x, [...kept, ...axes], moved.pointer)
      const middle = sizeOf(axes.map((axis) => x.shape[axis]))
      call(op, sizeOf(kept.map((axis) => x.shape[axis])), middle, 1, moved.pointer, y.buffer.pointer)
      heap.release(moved)
    }

  const argReduce =
    (largest: 0 | 1): WasmKernel<'argMax'> =>
    ([x], [y], { axis }) => {
      best[x.dtype](largest, ...around(x, axis, axis), x.buffer.pointer, y.buffer.pointer)
    }

  const cumulative =
    (op: number): WasmKernel<'cumsum'> =>
    (inputs, [y], { axis, reverse }) => {
      const [outer, middle, inner] = around(y, axis, axis)
      const a = inputs[0].buffer.pointer
      const x = inputs[inputs.length - 1].buffer.pointer
      cumulate[y.dtype]!(op, reverse ? 1 : 0, outer, middle, inner, a, x, y.buffer.pointer)
    }
  return {
    ...byCode(codes.reduce, reduce),
    argMax: argReduce(1),
    argMin: argReduce(0),
    ...byCode(codes.cumulation, cumulative),
  }
}
