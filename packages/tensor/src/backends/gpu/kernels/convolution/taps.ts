import type { Sliding } from './sliding.ts'

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** Elements of a kernel that windows can have put into one place lie so far apart: the windows of those between would begin between two. */
export const distanceOfTaps = (axis: 0 | 1, { stride, dilation }: Sliding): number =>
  stride[axis] / divisor(stride[axis], dilation[axis])

/**
 * GLSL of the first element of a kernel that a window can have put into place `p`: the smallest k of which p − dilation · k is a multiple of the stride;
 * beyond the kernel where there is none.
 */
export function firstTap(p: string, axis: 0 | 1, sliding: Sliding): string {
  const distance = distanceOfTaps(axis, sliding)
  const common = sliding.stride[axis] / distance
  const step = (sliding.dilation[axis] / common) % distance
  let inverse = 0
  while ((inverse * step) % distance !== 1 % distance) inverse++
  return `(${p} % ${common} == 0 ? ${p} / ${common} * ${inverse} % ${distance} : ${sliding.kernel[axis]})`
}
