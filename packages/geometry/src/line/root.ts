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

/** A root in [0, 1] as a float, less than two roundings away. */
export function toNumber({ n, d }: Root): number {
  if (n === 0n) return 0
  // 64 bits of the quotient say more than a float holds.
  const shift = BigInt(Math.max(0, bitLength(d) - bitLength(n) + 64))
  const whole = (n << shift) / d
  return Number(whole) * 2 ** -Number(shift)
}

const bitLength = (x: bigint): number => x.toString(16).length * 4
