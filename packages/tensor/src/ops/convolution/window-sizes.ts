import { formatShape } from '../../shape.ts'
import type { ConvolutionTransposeParams, Pair } from './params.ts'

/** A window that slides over rows and columns: `kernel` elements, `dilation` apart. */
export interface Window {
  readonly kernel: Pair
  readonly stride: Pair
  readonly padding: Pair
  readonly dilation?: Pair
}

const DENSE: Pair = [1, 1]

/** Elements from the first of a window to its last along an axis. */
const reach = ({ kernel, dilation = DENSE }: Window, axis: number): number =>
  dilation[axis] * (kernel[axis] - 1) + 1

/** How many windows fit into `size` rows and columns; windows that are not whole are left out. @throws RangeError where none fits. */
export function windowsIn(op: string, size: Pair, window: Window): Pair {
  const { stride, padding } = window
  const count = (axis: 0 | 1): number =>
    Math.floor((size[axis] + 2 * padding[axis] - reach(window, axis)) / stride[axis]) + 1
  const counts: Pair = [count(0), count(1)]
  if (counts[0] < 1 || counts[1] < 1) {
    throw new RangeError(
      `${op}: expected a window of at most ${formatShape([0, 1].map((axis) => size[axis] + 2 * padding[axis]))}, rows and columns with padding, got one of ${formatShape([reach(window, 0), reach(window, 1)])}`,
    )
  }
  return counts
}

/** Rows and columns that so many windows reach over, without the padding. @throws RangeError where there is nothing left. */
export function sizeOfWindows(op: string, counts: Pair, window: Window, beyond: Pair): Pair {
  const { stride, padding } = window
  const length = (axis: 0 | 1): number =>
    (counts[axis] - 1) * stride[axis] + reach(window, axis) - 2 * padding[axis] + beyond[axis]
  const size: Pair = [length(0), length(1)]
  if (counts[0] < 1 || counts[1] < 1 || size[0] < 1 || size[1] < 1) {
    throw new RangeError(
      `${op}: expected rows and columns that give at least one of each, got ${formatShape(counts)}, which give ${formatShape(size)}`,
    )
  }
  return size
}

/** What `convTranspose2d` adds behind the last window, so that its result has the size of what `conv2d` had. */
export function restBehind(size: Pair, window: Window): ConvolutionTransposeParams['outputPadding'] {
  const rest = (axis: 0 | 1): number =>
    (size[axis] + 2 * window.padding[axis] - reach(window, axis)) % window.stride[axis]
  return [rest(0), rest(1)]
}
