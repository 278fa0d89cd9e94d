import type { Pair } from '../../../../ops/convolution/params.ts'
import { sizeOf } from '../../../../shape.ts'
import type { Runner } from '../../runner.ts'
import { drawElements, type GpuOperand, reshaped, temporary } from '../kernel.ts'
import type { Sliding } from './sliding.ts'
import { distanceOfTaps, firstTap } from './taps.ts'

const keyOf = ([height, width, rows, columns]: readonly number[], s: Sliding): string =>
  [height, width, rows, columns, s.kernel, s.stride, s.padding, s.dilation].join(' ')

/** Whether windows are the elements themselves, so that the columns are the images. */
export const isPointwise = ({ kernel, stride, padding }: Sliding): boolean =>
  sizeOf(kernel) === 1 && sizeOf(stride) === 1 && padding[0] + padding[1] === 0

/** Windows as a row of whole texels. */
export const alignedWindows = ([rows, columns]: Pair): number => Math.ceil((rows * columns) / 4) * 4

/**
 * Calls with what every window holds, of images [N, C, H, W]: `[N, C · kh · kw, OH · OW]`, the rows filled up with zeros to whole texels; 0 outside of
 * an image.
 */
export function withColumns(
  runner: Runner,
  x: GpuOperand,
  counts: Pair,
  sliding: Sliding,
  use: (columns: GpuOperand) => void,
): void {
  if (isPointwise(sliding)) {
    use(reshaped(x, [x.shape[0], x.shape[1], sizeOf(counts)]))
    return
  }
  const columns = windowColumns(runner, x, counts, sliding)
  use(columns)
  runner.release(columns.buffer.storage)
}

function windowColumns(runner: Runner, x: GpuOperand, counts: Pair, sliding: Sliding): GpuOperand {
  const [count, channels, height, width] = x.shape
  const { kernel, stride, padding, dilation } = sliding
  const [rows, columns] = counts
  const aligned = alignedWindows(counts)
  const y = temporary(runner, [count, channels * sizeOf(kernel), aligned])
  runner.run({
    key: `windowColumns ${keyOf([height, width, rows, columns], sliding)}`,
    inputs: [x.buffer],
    outputs: [y.buffer.storage],
    body: () => ({
      kind: 'texel',
      source: `float held(int plane, int top, int left, int window) {
  int row = top + window / ${columns} * ${stride[0]};
  int column = left + window % ${columns} * ${stride[1]};
  if (row < 0 || row >= ${height} || column < 0 || column >= ${width} || window >= ${rows * columns}) return 0.0;
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

/** The adjoint: adds columns [N, O · kh · kw, rows · columns] to where their windows hold them, images [N, O, H, W]. */
export function sumColumns(
  runner: Runner,
  all: GpuOperand,
  y: GpuOperand,
  [rows, columns]: Pair,
  sliding: Sliding,
): void {
  const [, , height, width] = y.shape
  const { kernel, stride, padding, dilation } = sliding
  drawElements(
    runner,
    `sumColumns ${keyOf([height, width, rows, columns], sliding)}`,
    [all],
    y,
    () => `  int plane = i / ${height * width};
  int top = i / ${width} % ${height} + ${padding[0]};
  int left = i % ${width} + ${padding[1]};
  float total = 0.0;
  for (int k = ${firstTap('top', 0, sliding)}; k < ${kernel[0]}; k += ${distanceOfTaps(0, sliding)}) {
    int p = top - k * ${dilation[0]};
    if (p < 0 || p >= ${rows * stride[0]}) continue;
    int row = (plane * ${kernel[0]} + k) * ${kernel[1]};
    for (int l = ${firstTap('left', 1, sliding)}; l < ${kernel[1]}; l += ${distanceOfTaps(1, sliding)}) {
      int q = left - l * ${dilation[1]};
      if (q < 0 || q >= ${columns * stride[1]}) continue;
      total += at_a(((row + l) * ${rows} + p / ${stride[0]}) * ${columns} + q / ${stride[1]});
    }
  }
  return stored(total);`,
  )
}
