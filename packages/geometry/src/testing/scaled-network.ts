import type { PlainDense } from './plain-network.ts'

/** Powers of two by which a network is written otherwise without becoming another. */
export interface Rewriting {
  /** The unit of all inputs and outputs: θ and biases are multiplied by 2^it. */
  readonly size: number
  /** Each layer's outputs are multiplied by 2^it, its biases and those of later layers with them. */
  readonly layers: readonly number[]
  /** Unit u of a layer is multiplied by 2^it, and the next layer's column divided by it: exponents taken in turn. */
  readonly units: readonly number[]
}

/** The same states at 2^size · θ; exact as long as nothing leaves the range of its dtype. */
export function rewritten(
  layers: readonly PlainDense[],
  { size, layers: steps, units }: Rewriting,
): PlainDense[] {
  const turn = (u: number) => (units.length === 0 ? 0 : units[u % units.length])
  let total = size
  return layers.map(({ weight, bias, activation }, l) => {
    const step = steps.length === 0 ? 0 : steps[l % steps.length]
    total += step
    const last = l === layers.length - 1
    const own = (u: number) => (last ? 0 : turn(u + l))
    const before = (i: number) => (l === 0 ? 0 : turn(i + l - 1))
    return {
      weight: weight.map((row, u) => row.map((w, i) => times(w, step + own(u) - before(i)))),
      bias: bias?.map((b, u) => times(b, total + own(u))) ?? null,
      activation,
    }
  })
}

/** x · 2^exponent, also where the power itself is out of range. */
export function times(x: number, exponent: number): number {
  const half = Math.trunc(exponent / 2)
  return x * 2 ** half * 2 ** (exponent - half)
}
