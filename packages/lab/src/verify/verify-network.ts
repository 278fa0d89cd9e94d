import { Tensor } from '@facet/tensor'
import { isObject, type Json } from '../network-file/json.ts'
import { affineQuantities } from './affine-quantities.ts'
import { type Comparison, compareTree, newComparison } from './compare-tree.ts'
import { dichotomicQuantities } from './dichotomic-quantities.ts'
import { epsilonQuantities } from './epsilon-quantities.ts'
import type { GoldenNetwork } from './golden.ts'
import { valueAndGradient } from './gradient.ts'
import { naturalScales } from './natural-scales.ts'
import { penaltyNamed } from './penalties.ts'
import { type Rebuilt, rebuild } from './rebuild.ts'
import type { FloatType } from './tolerance.ts'

const plain = (value: Tensor | Tensor[] | Json | undefined): Json | undefined => {
  if (value instanceof Tensor) return value.toArray()
  return Array.isArray(value) ? value.map((item) => plain(item as Tensor | Json) as Json) : (value as Json)
}

/** Each key of an expected object under a function from names to tensors; unknown names are left out. */
function byName(want: Json, quantity: (name: string) => Tensor | Json | undefined): Json {
  const entries = (isObject(want) ? Object.keys(want) : []).flatMap((name): [string, Json][] => {
    const got = plain(quantity(name))
    return got === undefined ? [] : [[name, got]]
  })
  return Object.fromEntries(entries)
}

/** Recomputes one entry of `expect`; `undefined` for a name that is not known. */
function recompute(file: GoldenNetwork, net: Rebuilt, name: string, dtype: FloatType): Json | undefined {
  const want = file.expect[name]
  if (Object.hasOwn(affineQuantities, name)) return plain(affineQuantities[name](net))
  if (name === 'R1' || name === 'R2') {
    return byName(want, epsilonQuantities(net, file.spec, name === 'R1' ? 1 : 2))
  }
  if (name === 'dichotomic') {
    const start = isObject(want) && Object.hasOwn(want, 'start') ? want.start : undefined
    return start === undefined ? {} : byName(want, dichotomicQuantities(net, start, dtype))
  }
  const penalty = penaltyNamed(name, file.spec)
  return penalty && valueAndGradient(net, penalty)
}

/** Compares everything that a golden network file expects with what Facet computes. */
export function verifyNetwork(file: GoldenNetwork, dtype: FloatType): Comparison {
  const net = rebuild(file, dtype)
  const comparison = newComparison()
  const scaleAt = naturalScales(file, net, dtype)
  for (const [name, want] of Object.entries(file.expect)) {
    compareTree(name, want, () => recompute(file, net, name, dtype), { dtype, scaleAt }, comparison)
  }
  return comparison
}
