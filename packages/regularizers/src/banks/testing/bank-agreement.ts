import { abs, expandDims, max, mul, scope, sub, sum, type Tensor } from '@facet/tensor'
import type { GeneratorBank } from '../generator-bank.ts'

/** The largest |number| of a tensor. */
export const largest = (x: Tensor): number => scope(() => max(abs(x)).item())

/** `Σ_b ε_b G_b x`, x [N, d] and ε [N, B]. */
export function combined(bank: GeneratorBank, x: Tensor, epsilon: Tensor): Tensor {
  return sum(mul(bank.tangents(x), expandDims(epsilon, 2)), 1)
}

/** How far `(act(x, δ ε) − x) / δ` is from `Σ_b ε_b G_b x`, at most. */
export function onesidedGap(bank: GeneratorBank, x: Tensor, epsilon: Tensor, delta: number): number {
  return scope(() => {
    const moved = mul(sub(bank.act(x, mul(epsilon, delta)), x), 1 / delta)
    return largest(sub(moved, combined(bank, x, epsilon)))
  })
}

/** The same of `(act(x, δ ε) − act(x, −δ ε)) / 2δ`. */
export function centralGap(bank: GeneratorBank, x: Tensor, epsilon: Tensor, delta: number): number {
  return scope(() => {
    const ahead = bank.act(x, mul(epsilon, delta))
    const moved = mul(sub(ahead, bank.act(x, mul(epsilon, -delta))), 0.5 / delta)
    return largest(sub(moved, combined(bank, x, epsilon)))
  })
}
