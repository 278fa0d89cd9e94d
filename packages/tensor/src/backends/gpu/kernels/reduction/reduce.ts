import { sizeOf } from '../../../../shape.ts'
import { folds } from '../../glsl/folds.ts'
import type { Runner } from '../../runner.ts'
import { type GpuBuffer, type TextureStorage, wholeOf } from '../../texture-storage.ts'
import { around, type GpuKernelOf, type GpuOperand } from '../kernel.ts'
import { transpose } from '../layout/strided.ts'
import { foldBody } from './fold.ts'

/**
 * Elements along an axis from which on it is reduced in two passes. A result is one thread: 1000 × 1000 in one pass are a thousand
 * threads, in two passes 32 thousand and a thousand.
 */
const TWO_PASSES_FROM = 512

/** A fold of `[outer, length, inner]` along its middle axis. */
interface AxisFold {
  readonly name: keyof typeof folds
  readonly length: number
  readonly inner: number
}

/** Folds `piece` elements along the axis into one. */
function foldPieces(
  runner: Runner,
  { name, length, inner }: AxisFold,
  x: GpuBuffer,
  to: TextureStorage,
  piece: number,
): void {
  runner.run({
    key: `${name} ${length} ${inner} ${piece}`,
    inputs: [x],
    outputs: [to],
    body: () => foldBody(folds[name], to.dtype, length, inner, piece),
  })
}

/** Folds all elements along the axis into one. */
function foldAxis(runner: Runner, axis: AxisFold, x: GpuBuffer, to: TextureStorage): void {
  const { name, length, inner } = axis
  // A short axis, or as many results as keep a device busy: one pass.
  if (length < TWO_PASSES_FROM || to.size >= 16 * length) {
    foldPieces(runner, axis, x, to, Math.max(1, length))
    return
  }
  const piece = Math.ceil(Math.sqrt(length) / 4) * 4
  const pieces = Math.ceil(length / piece)
  const partial = runner.storage(to.dtype, to.size * pieces)
  foldPieces(runner, axis, x, partial, piece)
  foldPieces(runner, { name, length: pieces, inner }, wholeOf(partial), to, pieces)
  runner.release(partial)
}

const reduce =
  (name: keyof typeof folds): GpuKernelOf<'sum'> =>
  (runner, [x], [y], { axes }) => {
    const first = axes[0] ?? 0
    const last = axes[axes.length - 1] ?? -1
    const to = y.buffer.storage
    if (last - first + 1 === axes.length) {
      const [, length, inner] = around(x.shape, first, last)
      foldAxis(runner, { name, length, inner }, x.buffer, to)
      return
    }
    // Axes with others between them: moved behind the rest first.
    const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]))
    const order = [...kept, ...axes]
    const shape = order.map((axis) => x.shape[axis])
    const { dtype, size } = x
    const moved: GpuOperand = { dtype, size, shape, buffer: wholeOf(runner.storage(dtype, size)) }
    transpose(runner, [x], [moved], { axes: order })
    const length = sizeOf(axes.map((axis) => x.shape[axis]))
    foldAxis(runner, { name, length, inner: 1 }, moved.buffer, to)
    runner.release(moved.buffer.storage)
  }

/** Kernels of reductions along any axes. */
export const reduceKernels = {
  sum: reduce('sum'),
  prod: reduce('prod'),
  max: reduce('max'),
  min: reduce('min'),
}
