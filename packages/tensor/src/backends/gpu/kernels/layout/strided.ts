import { stridesOf } from '../../../../shape.ts'
import { stretchStrides } from '../../../strides.ts'
import { indexExpression } from '../../index-expression.ts'
import type { Runner } from '../../runner.ts'
import { map } from '../elementwise/map.ts'
import { drawElements, type GpuKernelOf, type GpuOperand } from '../kernel.ts'

/** Copies with any strides, the first element from `base`. */
function copyStrided(
  runner: Runner,
  x: GpuOperand,
  y: GpuOperand,
  strides: readonly number[],
  base: number,
): void {
  const index = indexExpression(y.shape, strides, base)
  drawElements(runner, `strided ${index}`, [x], y, () => `return stored(at_a(${index}));`)
}

/** Axes in another order: of `y`, axis k is axis `axes[k]` of `x`. */
export const transpose: GpuKernelOf<'transpose'> = (runner, [x], [y], { axes }) => {
  const strides = stridesOf(x.shape)
  const moved = axes.map((axis) => strides[axis])
  copyStrided(runner, x, y, moved, 0)
}

const slice: GpuKernelOf<'slice'> = (runner, [x], [y], { starts, steps }) => {
  const strides = stridesOf(x.shape)
  const base = starts.reduce((at, start, axis) => at + start * strides[axis], 0)
  copyStrided(runner, x, y, stretchStrides(strides, steps), base)
}

const flip: GpuKernelOf<'flip'> = (runner, [x], [y], { axes }) => {
  const strides = stridesOf(x.shape)
  let base = 0
  for (const axis of axes) {
    base += (x.shape[axis] - 1) * strides[axis]
    strides[axis] = -strides[axis]
  }
  copyStrided(runner, x, y, strides, base)
}

/** The elementwise map `x`, whose operands are broadcast anyway. */
const broadcastTo: GpuKernelOf<'broadcastTo'> = (runner, [x], [y]) =>
  map(runner, 'broadcastTo', [x], y, { value: 'x' })

/** Kernels of ops that copy with other strides. */
export const stridedKernels = { transpose, slice, flip, broadcastTo }
