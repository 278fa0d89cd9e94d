import { SUMS } from './places.ts'

/** Regions of a leaf, and of a part, which is 16 leaves. */
export const LEAF = 16
export const PART = 256

/** Members that say which sum of a part varies most. */
const looked = 128

/**
 * Regions in an order in which those of like sketches stand together: halved again and again by the sum that varies most, down to parts
 * and leaves.
 *
 * @param sketches [count, SUMS]
 * @returns the regions, and the last one again until the last part is full
 */
export function leafOrder(sketches: Uint8Array, count: number): Int32Array {
  const order = Int32Array.from({ length: Math.ceil(count / PART) * PART }, (_, i) => Math.min(i, count - 1))
  const sorted = new Int32Array(count)
  const starts = new Int32Array(257)
  const halve = (from: number, to: number): void => {
    if (to - from <= LEAF) return
    const sum = widest(sketches, order, from, to)
    // By counting, as a sum has a byte.
    starts.fill(0)
    for (let i = from; i < to; i++) starts[sketches[order[i] * SUMS + sum] + 1]++
    for (let value = 0; value < 256; value++) starts[value + 1] += starts[value]
    for (let i = from; i < to; i++) sorted[from + starts[sketches[order[i] * SUMS + sum]]++] = order[i]
    order.set(sorted.subarray(from, to), from)
    const own = to - from > PART ? PART : LEAF
    const middle = from + own * Math.ceil((to - from) / own / 2)
    halve(from, middle)
    halve(middle, to)
  }
  halve(0, count)
  order.fill(order[count - 1], count)
  return order
}

function widest(sketches: Uint8Array, order: Int32Array, from: number, to: number): number {
  const step = Math.ceil((to - from) / looked)
  let widest = 0
  let most = -1
  for (let s = 0; s < SUMS; s++) {
    let count = 0
    let sum = 0
    let squares = 0
    for (let i = from; i < to; i += step) {
      const value = sketches[order[i] * SUMS + s]
      count++
      sum += value
      squares += value * value
    }
    const spread = squares / count - (sum / count) ** 2
    if (spread > most) {
      most = spread
      widest = s
    }
  }
  return widest
}
