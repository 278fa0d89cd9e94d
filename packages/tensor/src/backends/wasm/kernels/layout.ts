import { type Shape, sizeOf, stridesOf } from '../../../shape.ts'
import { broadcastSteps, distancesOf, stretchStrides } from '../../strides.ts'
import { bytesPerElement, type Heap } from '../heap.ts'
import { byDType, type Module } from '../module.ts'
import { eachPlane } from '../planes.ts'
import type { Effect } from '../recording.ts'
import type { WasmKernel, WasmOperand } from './kernel.ts'

/**
 * From so many rows on `scatterAdd` and `addAlongAxis` add float32 up in float64: all may meet in one element, and a float32 sum of ones stops growing at 2²⁴.
 */
const WIDE_FROM = 256

const bytesOf = ({ shape, dtype }: WasmOperand): number[] => {
  const unit = bytesPerElement(dtype)
  return stridesOf(shape).map((stride) => stride * unit)
}

/** Copies the elements of `shape` between two addresses, with steps of bytes along each axis on both sides. */
function move(
  module: Module,
  unit: number,
  shape: Shape,
  from: number,
  fromSteps: readonly number[],
  to: number,
  toSteps: readonly number[],
): void {
  const call = module[`copy_${8 * unit}`]
  eachPlane(shape, [fromSteps, toSteps], (outer, inner, [p, q], [fo, to_], [fi, ti]) => {
    call(outer, inner, from + p, fo, fi, to + q, to_, ti)
  })
}

/** Writes x with its axes in another order, densely, to an address. */
export function transposeTo(module: Module, x: WasmOperand, axes: readonly number[], to: number): void {
  const unit = bytesPerElement(x.dtype)
  const steps = bytesOf(x)
  const shape = axes.map((axis) => x.shape[axis])
  const fromSteps = axes.map((axis) => steps[axis])
  move(module, unit, shape, x.buffer.pointer, fromSteps, to, broadcastSteps(shape, shape, unit))
}

/** Ops that move or place elements and compute nothing but sums of those that meet. */
export function layoutKernels(heap: Heap, module: Module, effect: Effect) {
  const scatter = {
    ...byDType(module, 'scatter', ['float32', 'float64', 'int32']),
    uint32: module.scatter_i32,
  }
  const oneHots = {
    ...byDType(module, 'oneHot', ['float32', 'float64', 'int32', 'bool']),
    uint32: module.oneHot_i32,
  }

  const transpose: WasmKernel<'transpose'> = ([x], [y], { axes }) =>
    transposeTo(module, x, axes, y.buffer.pointer)

  const broadcastTo: WasmKernel<'broadcastTo'> = ([x], [y]) => {
    const unit = bytesPerElement(x.dtype)
    move(
      module,
      unit,
      y.shape,
      x.buffer.pointer,
      broadcastSteps(x.shape, y.shape, unit),
      y.buffer.pointer,
      bytesOf(y),
    )
  }

  const slice: WasmKernel<'slice'> = ([x], [y], { starts, steps }) => {
    const bytes = bytesOf(x)
    const from = starts.reduce((at, start, i) => at + start * bytes[i], x.buffer.pointer)
    move(
      module,
      bytesPerElement(x.dtype),
      y.shape,
      from,
      stretchStrides(bytes, steps),
      y.buffer.pointer,
      bytesOf(y),
    )
  }

  const flip: WasmKernel<'flip'> = ([x], [y], { axes }) => {
    const steps = bytesOf(x)
    let from = x.buffer.pointer
    for (const axis of axes) {
      from += (x.shape[axis] - 1) * steps[axis]
      steps[axis] = -steps[axis]
    }
    move(module, bytesPerElement(x.dtype), y.shape, from, steps, y.buffer.pointer, bytesOf(y))
  }

  const pad: WasmKernel<'pad'> = ([x], [y], { padding, value, interior }) => {
    const { buffer } = y
    effect(() => heap.view(buffer).fill(value))
    const steps = bytesOf(y)
    const to = padding.reduce((at, [before], i) => at + before * steps[i], y.buffer.pointer)
    stretchStrides(steps, distancesOf(interior))
    move(module, bytesPerElement(x.dtype), x.shape, x.buffer.pointer, bytesOf(x), to, steps)
  }

  const concat: WasmKernel<'concat'> = (inputs, [y], { axis }) => {
    const outer = sizeOf(y.shape.slice(0, axis))
    const inner = sizeOf(y.shape.slice(axis + 1)) * bytesPerElement(y.dtype)
    const row = y.shape[axis] * inner
    let to = y.buffer.pointer
    for (const x of inputs) {
      const length = x.shape[axis] * inner
      module.copy_8(outer, length, x.buffer.pointer, length, 1, to, row, 1)
      to += length
    }
  }

  /** @throws RangeError for an index outside the axis. */
  const checkIndices = (op: string, indices: WasmOperand, length: number): void => {
    const place = module.outside(indices.size, indices.buffer.pointer, length)
    if (place >= 0) {
      const index = heap.view(indices.buffer)[place]
      throw new RangeError(`${op}: index ${index} is outside an axis of length ${length}`)
    }
  }

  const gather: WasmKernel<'gather'> = ([x, indices], [y], { axis }) => {
    const outer = sizeOf(x.shape.slice(0, axis))
    const row = sizeOf(x.shape.slice(axis + 1)) * bytesPerElement(x.dtype)
    if (outer > 0) checkIndices('gather', indices, x.shape[axis])
    const { pointer } = indices.buffer
    module.gather(outer, x.shape[axis], row, x.buffer.pointer, indices.size, pointer, y.buffer.pointer)
  }

  /** Zeros `[outer, size, inner]` with rows added at `count` indices, of which `most` may meet. */
  const addRows = (
    updates: WasmOperand,
    outer: number,
    size: number,
    inner: number,
    count: number,
    at: number,
    y: WasmOperand,
    most: number,
  ): void => {
    const [from, to] = [updates.buffer.pointer, y.buffer.pointer]
    if (updates.dtype !== 'float32' || most < WIDE_FROM) {
      scatter[updates.dtype as 'float32'](outer, size, inner, from, count, at, to)
      return
    }
    const sums = heap.allocate('float64', size * inner)
    module.scatterWide(outer, size, inner, from, count, at, to, sums.pointer)
    heap.release(sums)
  }

  const scatterAdd: WasmKernel<'scatterAdd'> = ([updates, indices], [y], { axis, size }) => {
    const outer = sizeOf(y.shape.slice(0, axis))
    const inner = sizeOf(y.shape.slice(axis + 1))
    if (outer > 0) checkIndices('scatterAdd', indices, size)
    addRows(updates, outer, size, inner, indices.size, indices.buffer.pointer, y, indices.size)
  }

  /** Runs `f` with the addresses of the elements among all of a tensor of `length` along an axis, for indices along that axis. */
  const withPlaces = (
    op: string,
    indices: WasmOperand,
    axis: number,
    length: number,
    f: (places: number) => void,
  ): void => {
    checkIndices(op, indices, length)
    const places = heap.allocate('int32', indices.size)
    const [outer, inner] = [sizeOf(indices.shape.slice(0, axis)), sizeOf(indices.shape.slice(axis + 1))]
    module.placesAlong(outer, indices.shape[axis], length, inner, indices.buffer.pointer, places.pointer)
    f(places.pointer)
    heap.release(places)
  }

  const takeAlongAxis: WasmKernel<'takeAlongAxis'> = ([x, indices], [y], { axis }) =>
    withPlaces('takeAlongAxis', indices, axis, x.shape[axis], (places) => {
      module.gather(1, 0, bytesPerElement(x.dtype), x.buffer.pointer, y.size, places, y.buffer.pointer)
    })

  const addAlongAxis: WasmKernel<'addAlongAxis'> = ([updates, indices], [y], { axis, size }) =>
    withPlaces('addAlongAxis', indices, axis, size, (places) =>
      addRows(updates, 1, y.size, 1, updates.size, places, y, indices.shape[axis]),
    )

  const oneHot: WasmKernel<'oneHot'> = ([indices], [y], { depth, dtype }) => {
    oneHots[dtype](indices.size, indices.buffer.pointer, depth, y.buffer.pointer)
  }

  return {
    ...{ transpose, broadcastTo, slice, flip, pad, concat },
    ...{ gather, scatterAdd, takeAlongAxis, addAlongAxis, oneHot },
  }
}
