import type { ConvolutionParams, Pair } from '../../../../ops/convolution/params.ts'
import { sizeOf } from '../../../../shape.ts'
import type { Runner } from '../../runner.ts'
import { wholeOf } from '../../texture-storage.ts'
import { multiply } from '../contraction/multiply.ts'
import { drawElements, type GpuKernelOf, type GpuOperand, reshaped } from '../kernel.ts'
import { reduceKernels } from '../reduction/reduce.ts'

/** A tensor of floats that the caller releases. */
function temporary(runner: Runner, shape: readonly number[]): GpuOperand {
  const size = sizeOf(shape)
  return { dtype: 'float32', shape, size, buffer: wholeOf(runner.storage('float32', size)) }
}

const kernelOf = ({ shape }: GpuOperand): Pair => [shape[2], shape[3]]

/** What every window holds, `[N, C · kh · kw, OH · OW]` of images [N, C, H, W]; 0 outside of an image. The caller releases it. */
function windowColumns(
  runner: Runner,
  x: GpuOperand,
  [rows, columns]: Pair,
  kernel: Pair,
  { stride, padding, dilation }: ConvolutionParams,
): GpuOperand {
  const [count, channels, height, width] = x.shape
  const y = temporary(runner, [count, channels * sizeOf(kernel), rows * columns])
  drawElements(
    runner,
    `windowColumns ${[height, width, rows, columns, kernel, stride, padding, dilation]}`,
    [x],
    y,
    () => `  int tap = i / ${rows * columns};
  int row = i / ${columns} % ${rows} * ${stride[0]} - ${padding[0]} + tap / ${kernel[1]} % ${kernel[0]} * ${dilation[0]};
  int column = i % ${columns} * ${stride[1]} - ${padding[1]} + tap % ${kernel[1]} * ${dilation[1]};
  if (row < 0 || row >= ${height} || column < 0 || column >= ${width}) return stored(0.0);
  return stored(at_a((tap / ${sizeOf(kernel)} * ${height} + row) * ${width} + column));`,
  )
  return y
}

const conv2d: GpuKernelOf<'conv2d'> = (runner, [x, weight], [y], params) => {
  if (y.size === 0) return
  const { groups } = params
  const [count, made, rows, columns] = y.shape
  const all = windowColumns(runner, x, [rows, columns], kernelOf(weight), params)
  const [m, n, k] = [made / groups, rows * columns, all.shape[1] / groups]
  multiply(runner, {
    a: reshaped(weight, [groups, m, k]),
    b: reshaped(all, [count, groups, k, n]),
    m,
    n,
    k,
    lead: [count, groups],
    to: [y.buffer.storage],
  })
  runner.release(all.buffer.storage)
}

const convTranspose2d: GpuKernelOf<'convTranspose2d'> = (runner, [x, weight], [y], params) => {
  if (y.size === 0) return
  const { groups, stride, padding, dilation } = params
  const [count, channels, rows, columns] = x.shape
  const [, made, height, width] = y.shape
  const kernel = kernelOf(weight)
  const [m, n, k] = [(made / groups) * sizeOf(kernel), rows * columns, channels / groups]
  const all = temporary(runner, [count, made * sizeOf(kernel), n])
  multiply(runner, {
    a: reshaped(weight, [groups, k, m]),
    b: reshaped(x, [count, groups, k, n]),
    m,
    n,
    k,
    transposeA: true,
    lead: [count, groups],
    to: [all.buffer.storage],
  })
  drawElements(
    runner,
    `sumColumns ${[height, width, rows, columns, kernel, stride, padding, dilation]}`,
    [all],
    y,
    () => `  int plane = i / ${height * width};
  int top = i / ${width} % ${height} + ${padding[0]};
  int left = i % ${width} + ${padding[1]};
  float total = 0.0;
  for (int k = 0; k < ${kernel[0]}; k++) {
    int p = top - k * ${dilation[0]};
    if (p < 0 || p % ${stride[0]} != 0 || p / ${stride[0]} >= ${rows}) continue;
    for (int l = 0; l < ${kernel[1]}; l++) {
      int q = left - l * ${dilation[1]};
      if (q < 0 || q % ${stride[1]} != 0 || q / ${stride[1]} >= ${columns}) continue;
      total += at_a((((plane * ${kernel[0]} + k) * ${kernel[1]} + l) * ${rows} + p / ${stride[0]}) * ${columns} + q / ${stride[1]});
    }
  }
  return stored(total);`,
  )
  runner.release(all.buffer.storage)
}

const convWeight2d: GpuKernelOf<'convWeight2d'> = (runner, [x, g], [y], params) => {
  if (y.size === 0) return
  const { groups, kernel } = params
  const [count, made, rows, columns] = g.shape
  const all = windowColumns(runner, x, [rows, columns], kernel, params)
  const [m, n, k] = [made / groups, all.shape[1] / groups, rows * columns]
  const each = temporary(runner, [count, ...y.shape])
  multiply(runner, {
    a: reshaped(g, [count, groups, m, k]),
    b: reshaped(all, [count, groups, n, k]),
    m,
    n,
    k,
    transposeB: true,
    lead: [count, groups],
    to: [each.buffer.storage],
  })
  runner.release(all.buffer.storage)
  reduceKernels.sum(runner, [each], [y], { axes: [0], keepDims: false })
  runner.release(each.buffer.storage)
}

/** Kernels of convolutions. */
export const convolutions = { conv2d, convTranspose2d, convWeight2d }
