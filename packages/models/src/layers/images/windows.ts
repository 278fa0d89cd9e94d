import { formatShape } from '@facet/tensor'
import type { Pair } from './pair.ts'

/** Windows that slide over rows and columns. */
export interface Windows {
  readonly kernel: Pair
  readonly stride: Pair
  readonly padding: Pair
  readonly dilation: Pair
}

const both = (f: (axis: 0 | 1) => number): Pair => [f(0), f(1)]

/** Rows and columns from the first element of a window to its last. */
const reachOf = ({ kernel, dilation }: Windows): Pair =>
  both((axis) => dilation[axis] * (kernel[axis] - 1) + 1)

/** How many whole windows fit. @throws Error where none does. */
export function windowsIn(layer: string, size: Pair, windows: Windows): Pair {
  const { stride, padding } = windows
  const reach = reachOf(windows)
  const counts = both((axis) => Math.floor((size[axis] + 2 * padding[axis] - reach[axis]) / stride[axis]) + 1)
  if (Math.min(...counts) >= 1) return counts
  throw new Error(
    `${layer}: expected windows that fit into ${formatShape(size)}, with padding ${formatShape(padding)}, got ${formatShape(reach)}`,
  )
}

/** Rows and columns that so many windows cover, without the padding. @throws Error where there are none. */
export function coveredBy(layer: string, counts: Pair, windows: Windows, beyond: Pair): Pair {
  const { stride, padding } = windows
  const reach = reachOf(windows)
  const size = both(
    (axis) => (counts[axis] - 1) * stride[axis] + reach[axis] - 2 * padding[axis] + beyond[axis],
  )
  if (Math.min(...size) >= 1) return size
  throw new Error(
    `${layer}: expected windows that cover at least one row and column, got ${formatShape(size)}`,
  )
}
