import {
  type Activation,
  absActivation,
  identityActivation,
  leakyReluActivation,
  reluActivation,
} from '@facet/tensor'
import { describe } from '@facet/tensor/checks'

/** By their names in golden files. */
const activations: ReadonlyMap<unknown, (alpha: unknown) => Activation> = new Map([
  ['identity', () => identityActivation],
  ['relu', () => reluActivation],
  ['abs', () => absActivation],
  ['leaky', leaky],
])

/** The activation of a name. @throws Error for an unknown name, and for `leaky` without a finite `alpha`. */
export function activation(name: unknown, alpha: unknown): Activation {
  const make = activations.get(name)
  if (make) return make(alpha)
  throw new Error(`activation: expected one of ${[...activations.keys()].join(', ')}, got ${describe(name)}`)
}

function leaky(alpha: unknown): Activation {
  if (typeof alpha === 'number') return leakyReluActivation(alpha)
  throw new Error(`alpha: expected a number, got ${describe(alpha)}`)
}
