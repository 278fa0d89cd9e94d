import { bitsOf } from '../../../../code-words.ts'
import type { PoolingParams } from '../../../../ops/convolution/pooling-params.ts'
import { sizeOf } from '../../../../shape.ts'
import { drawElements, type GpuKernelOf, type GpuOperand } from '../kernel.ts'
import { readStates, type StateReader } from '../piecewise-affine/state-reader.ts'
import { windowsOf } from './windows.ts'

/** Declares `int winner(int window)`, the number of the element that won, window by window of all. The code is input `b`. */
function winnersOf(code: GpuOperand, windows: GpuOperand, { kernel }: PoolingParams): StateReader {
  const units = sizeOf(windows.shape.slice(-3))
  const each = windows.size / Math.max(1, sizeOf(code.shape.slice(0, -1)))
  const { key, operand, source } = readStates(code, units, bitsOf(sizeOf(kernel)))
  return {
    key: `${key} ${units} ${each}`,
    operand,
    source: (name) =>
      `${source(name)}int winner(int window) { return state(window / ${each}, window % ${units}); }\n`,
  }
}

const pickWinners: GpuKernelOf<'pickWinners'> = (runner, [code, v], [y], params) => {
  const { kernel } = params
  const { key, ofWindow, placeOf, isInside } = windowsOf(v.shape, y.shape, params)
  const winners = winnersOf(code, y, params)
  drawElements(
    runner,
    `pickWinners ${key} ${winners.key}`,
    [v, winners.operand],
    y,
    () => `${ofWindow}
  int k = winner(i);
  int row = top + k / ${kernel[1]};
  int column = left + k % ${kernel[1]};
  if (!(k < ${sizeOf(kernel)} && ${isInside})) return stored(0.0);
  return stored(at_a(${placeOf}));`,
    winners.source('b'),
  )
}

const placeWinners: GpuKernelOf<'placeWinners'> = (runner, [code, g], [y], params) => {
  const { kernel, stride } = params
  const { key, ofImage, eachWindow } = windowsOf(y.shape, g.shape, params)
  const winners = winnersOf(code, g, params)
  const own = `(top - row * ${stride[0]}) * ${kernel[1]} + left - column * ${stride[1]}`
  drawElements(
    runner,
    `placeWinners ${key} ${winners.key}`,
    [g, winners.operand],
    y,
    () => `${ofImage}
  float total = 0.0;
${eachWindow(`      if (winner(at) == ${own}) total += at_a(at);`)}
  return stored(total);`,
    winners.source('b'),
  )
}

/** Kernels of what moves along the winners of windows. */
export const winnerKernels = { pickWinners, placeWinners }
