import type { KernelFamily } from './family.ts'

/** A comparison for sorting: the larger of two magnitudes comes first, NaN before all numbers. */
function bySize(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a))
  return a === b ? 0 : b - a
}

export const orderingKernels = {
  topKMask([x], [y], { k }) {
    const length = x.shape[x.shape.length - 1]
    const order = Array.from({ length }, (_, i) => i)
    y.buffer.fill(0)
    for (let at = 0; at < x.size; at += length) {
      order.sort((p, q) => bySize(Math.abs(x.buffer[at + p]), Math.abs(x.buffer[at + q])) || p - q)
      for (let i = 0; i < k; i++) y.buffer[at + order[i]] = 1
    }
  },
} satisfies KernelFamily
