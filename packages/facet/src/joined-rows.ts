import type { Part } from './prepare-training.ts'

/** Rows as they are kept: of pairs each followed by what it is to become. @returns `[count, width]`, or `[count, 2 · width]` */
export function joinedRows({ x, y, count }: Part, width: number): Float32Array {
  if (y === null) return x
  const joined = new Float32Array(count * 2 * width)
  for (let i = 0; i < count; i++) {
    joined.set(x.subarray(i * width, (i + 1) * width), 2 * i * width)
    joined.set(y.subarray(i * width, (i + 1) * width), (2 * i + 1) * width)
  }
  return joined
}
