import type { Comparison } from '../compare-tree.ts'
export function verifySpaces(_: unknown): Comparison {
  throw new Error('todo')
}
