import type { KernelFamily } from './family.ts'

/** A comparison for sorting: the larger of two numbers comes first, NaN before all of them. */
function descending(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a))
  return a === b ? 0 : b - a
}

/** The same of two numbers in ascending order, NaN behind all numbers. */
const ascending = (a: number, b: number): number => descending(b, a)

export const orderingKernels = {
  topKMask([x], [y], { k }) {
    const length = x.shape[x.shape.length - 1]
    const order = Array.from({ length }, (_, i) => i)
    y.buffer.fill(0)
    for (let at = 0; at < x.size; at += length) {
      order.sort((p, q) => descending(Math.abs(x.buffer[at + p]), Math.abs(x.buffer[at + q])) || p - q)
      for (let i = 0; i < k; i++) y.buffer[at + order[i]] = 1
    }
  },

  sort([x], [y, indices], params) {
    const length = x.shape[x.shape.length - 1]
    const compare = params.descending ? descending : ascending
    for (let at = 0, to = 0; at < x.size; at += length) {
      const order = Array.from({ length }, (_, i) => i)
      order.sort((p, q) => compare(x.buffer[at + p], x.buffer[at + q]) || p - q)
      for (let i = 0; i < params.count; i++, to++) {
        indices.buffer[to] = order[i]
        y.buffer[to] = x.buffer[at + order[i]]
      }
    }
  },
} satisfies KernelFamily
