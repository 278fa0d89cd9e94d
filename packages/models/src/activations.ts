import {
  type Activation,
  type ActivationName,
  absActivation,
  identityActivation,
  leakyReluActivation,
  reluActivation,
} from '@facet/tensor'

/** `leakyRelu` has its default slope; another is made by `leakyReluActivation(alpha)`. */
const activations: Readonly<Record<ActivationName, Activation>> = {
  identity: identityActivation,
  relu: reluActivation,
  abs: absActivation,
  leakyRelu: leakyReluActivation(),
}

/**
 * The activation of a name; an activation is passed through.
 * @throws Error for an unknown name.
 * @example
 * import { namedActivation } from '@facet/models'
 * namedActivation('relu').name // 'relu'
 */
export function namedActivation(activation: ActivationName | Activation): Activation {
  if (typeof activation !== 'string') return activation
  if (Object.hasOwn(activations, activation)) return activations[activation]
  throw new Error(
    `namedActivation: expected one of ${Object.keys(activations).join(', ')}, got '${String(activation)}'`,
  )
}
