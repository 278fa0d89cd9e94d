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

/**
 * What every window holds, of images [N, C, H, W]: `[N, C · kh · kw, OH · OW]`, the rows filled up with zeros to whole texels; 0 outside of an image.
 * The caller releases it.
 */
function windowColumns(
  runner: Runner,
  x: GpuOperand,
  [rows, columns]: Pair,
  kernel: Pair,
  { stride, padding, dilation }: ConvolutionParams,
): GpuOperand {
  const [count, channels, height, width] = x.shape
  const windows = rows * columns
  const aligned = Math.ceil(windows / 4) * 4
  const y = temporary(runner, [count, channels * sizeOf(kernel), aligned])
  runner.run({
    key: `windowColumns ${[height, width, rows, columns, kernel, stride, padding, dilation]}`,
    inputs: [x.buffer],
    outputs: [y.buffer.storage],
    body: () => ({
      kind: 'texel',
      source: `float held(int plane, int top, int left, int window) {
  int row = top + window / ${columns} * ${stride[0]};
  int column = left + window % ${columns} * ${stride[1]};
  if (row < 0 || row >= ${height} || column < 0 || column >= ${width} || window >= ${windows}) return 0.0;
  return at_a((plane * ${height} + row) * ${width} + column);
}
vec4 texel(int i) {
  int tap = i / ${aligned};
  int window = i % ${aligned};
  int plane = tap / ${sizeOf(kernel)};
  int top = tap / ${kernel[1]} % ${kernel[0]} * ${dilation[0]} - ${padding[0]};
  int left = tap % ${kernel[1]} * ${dilation[1]} - ${padding[1]};
  return vec4(${[0, 1, 2, 3].map((k) => `held(plane, top, left, window + ${k})`).join(', ')});
}`,
    }),
  })
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
    b: reshaped(all, [count, groups, k, all.shape[2]]),
    m,
    n,
    k,
    lead: [count, groups],
    to: [y.buffer.storage],
  })
  runner.release(all.buffer.storage)
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** Of the elements of a kernel, those that a window can have put into one place lie so far apart: the others' windows would begin between two. */
const distanceOfTaps = (axis: 0 | 1, { stride, dilation }: ConvolutionParams): number =>
  stride[axis] / divisor(stride[axis], dilation[axis])

/** GLSL of the first element of a kernel that a window can have put into place `p`: the smallest k of which p − dilation · k is a multiple of the stride. */
function firstTap(p: string, axis: 0 | 1, kernel: Pair, params: ConvolutionParams): string {
  const distance = distanceOfTaps(axis, params)
  const common = params.stride[axis] / distance
  const step = (params.dilation[axis] / common) % distance
  let inverse = 0
  while ((inverse * step) % distance !== 1 % distance) inverse++
  return `(${p} % ${common} == 0 ? ${p} / ${common} * ${inverse} % ${distance} : ${kernel[axis]})`
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
  for (int k = ${firstTap('top', 0, kernel, params)}; k < ${kernel[0]}; k += ${distanceOfTaps(0, params)}) {
    int p = top - k * ${dilation[0]};
    if (p < 0 || p >= ${rows * stride[0]}) continue;
    int row = (plane * ${kernel[0]} + k) * ${kernel[1]};
    for (int l = ${firstTap('left', 1, kernel, params)}; l < ${kernel[1]}; l += ${distanceOfTaps(1, params)}) {
      int q = left - l * ${dilation[1]};
      if (q < 0 || q >= ${columns * stride[1]}) continue;
      total += at_a(((row + l) * ${rows} + p / ${stride[0]}) * ${columns} + q / ${stride[1]});
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
    b: reshaped(all, [count, groups, n, all.shape[2]]),
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
