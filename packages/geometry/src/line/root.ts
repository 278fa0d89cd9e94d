import { quotient } from '../exact/wholes.ts'

/** Where a form that is n at t = 0 and n − d at t = 1 is 0: t = n / d, d > 0. */
export interface Root {
  readonly n: bigint
  readonly d: bigint
}

/** The end of a line. */
export const END: Root = { n: 1n, d: 1n }

/** Negative where a is before b. */
export function compareRoots(a: Root, b: Root): number {
  const gap = a.n * b.d - b.n * a.d
  return gap < 0n ? -1 : gap > 0n ? 1 : 0
}

export const toNumber = ({ n, d }: Root): number => quotient(n, d)
