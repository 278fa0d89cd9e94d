import { drawElements, type GpuKernelOf } from '../kernel.ts'
import { windowsOf } from './windows.ts'

const sumWindows: GpuKernelOf<'sumWindows'> = (runner, [x], [y], params) => {
  const { key, ofWindow, eachElement } = windowsOf(x.shape, y.shape, params)
  drawElements(
    runner,
    `sumWindows ${key}`,
    [x],
    y,
    () => `${ofWindow}
  float total = 0.0;
${eachElement('      total += at_a(at);')}
  return stored(total);`,
  )
}

const spreadWindows: GpuKernelOf<'spreadWindows'> = (runner, [g], [y], params) => {
  const { key, ofImage, eachWindow } = windowsOf(y.shape, g.shape, params)
  drawElements(
    runner,
    `spreadWindows ${key}`,
    [g],
    y,
    () => `${ofImage}
  float total = 0.0;
${eachWindow('      total += at_a(at);')}
  return stored(total);`,
  )
}

/** Kernels of sums of windows and of their adjoint. */
export const windowSums = { sumWindows, spreadWindows }
