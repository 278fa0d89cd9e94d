import { largest } from './compare.ts'
import { type PairSizes, pairSizes } from './epsilon-quantities.ts'
import type { GoldenNetwork } from './golden.ts'
import type { Order } from './pairs.ts'
import type { Rebuilt } from './rebuild.ts'
import type { FloatType } from './tolerance.ts'

/**
 * Quantities that are the remainder of a difference and may vanish but for rounding, by their paths, and what they
 * remain of. First order with h ≥ d leaves no residual without a ridge: values and gradients are then rounding of
 * these sizes.
 */
const remainders: readonly (readonly [path: RegExp, size: (sizes: PairSizes) => number])[] = [
  [/^R([12])_mean_norm.*\.grad$/, ({ lever }) => lever],
  [/^R([12])_.*detached_eps\.grad$/, ({ difference, lever }) => difference * lever],
  [/^R([12])_mean_norm/, ({ difference }) => difference],
  [/^R([12])(_|\.residual_sq_per_pair$)/, ({ difference }) => difference ** 2],
]

/**
 * What the entries at a path are made of, where they may all vanish but for rounding; 0 where they are a scale of
 * their own. float64 repeats a bisection bit for bit, even if it closes in on 0, and has the digits to compare what a
 * ridge of 1e-3 leaves with itself: residuals were no smaller than 1e-5 of the difference in 500 files with h > d.
 */
export function naturalScales(file: GoldenNetwork, net: Rebuilt, dtype: FloatType): (path: string) => number {
  const known = new Map<Order, PairSizes>()
  const sizesOf = (order: Order): PairSizes => {
    const sizes = known.get(order) ?? pairSizes(net, file.spec, order)
    known.set(order, sizes)
    return sizes
  }
  return (path) => {
    if (dtype === 'float64' && /^dichotomic|_ridge_/.test(path)) return 0
    for (const [pattern, size] of remainders) {
      const match = pattern.exec(path)
      if (match) return size(sizesOf(Number(match[1]) as Order))
    }
    return path.startsWith('dichotomic.') ? largest(file.theta) : 0
  }
}
