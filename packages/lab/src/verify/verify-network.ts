import { Tensor } from '@facet/tensor'
import { affineQuantities } from './affine-quantities.ts'
import { largest } from './compare.ts'
import { type Comparison, compareTree } from './compare-tree.ts'
import { dichotomicQuantities } from './dichotomic-quantities.ts'
import { epsilonQuantities, squaredDifference } from './epsilon-quantities.ts'
import type { GoldenNetwork, Json } from './golden.ts'
import { valueAndGradient } from './gradient.ts'
import { orderOf, penaltyNamed } from './penalties.ts'
import { type Rebuilt, rebuild } from './rebuild.ts'
import type { FloatType } from './tolerance.ts'

const plain = (value: Tensor | Tensor[] | Json | undefined): Json | undefined => {
  if (value instanceof Tensor) return value.toArray()
  return Array.isArray(value) ? value.map((item) => plain(item as Tensor | Json) as Json) : (value as Json)
}

/** Each key of an expected object under a function from names to tensors; unknown names are left out. */
function byName(want: Json, quantity: (name: string) => Tensor | Json | undefined): Json {
  const entries = Object.keys(want as object).flatMap((name): [string, Json][] => {
    const got = plain(quantity(name))
    return got === undefined ? [] : [[name, got]]
  })
  return Object.fromEntries(entries)
}

/** Recomputes one entry of `expect`; `undefined` for a name that is not known. */
function recompute(file: GoldenNetwork, net: Rebuilt, name: string, dtype: FloatType): Json | undefined {
  const want = file.expect[name]
  if (name in affineQuantities) return plain(affineQuantities[name](net))
  if (name === 'R1' || name === 'R2') {
    return byName(want, epsilonQuantities(net, file.spec, name === 'R1' ? 1 : 2))
  }
  if (name === 'dichotomic') {
    const { start } = want as { start: Json }
    return byName(want, dichotomicQuantities(net, start, dtype))
  }
  const penalty = penaltyNamed(name, file.spec)
  return penalty && valueAndGradient(net, penalty)
}

/**
 * What the entries of a quantity are made of, where they may all vanish but for rounding: residuals are what remains of
 * a difference, bisected points may close in on 0 (float64 repeats the bisection bit for bit and needs no allowance).
 */
function naturalScale(file: GoldenNetwork, net: Rebuilt, name: string, dtype: FloatType): number {
  const order = orderOf(name)
  if (order !== undefined) return squaredDifference(net, order)
  return name === 'dichotomic' && dtype === 'float32' ? largest(file.theta) : 0
}

/** Compares everything that a golden network file expects with what Facet computes. */
export function verifyNetwork(file: GoldenNetwork, dtype: FloatType): Comparison {
  const net = rebuild(file, dtype)
  const comparison: Comparison = { quantities: {}, skipped: [] }
  for (const [name, want] of Object.entries(file.expect)) {
    const scale = naturalScale(file, net, name, dtype)
    compareTree(name, want, () => recompute(file, net, name, dtype), { dtype, scale }, comparison)
  }
  return comparison
}
