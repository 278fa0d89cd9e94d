import {
  type Activation,
  type ActivationName,
  absActivation,
  activationNames,
  identityActivation,
  isActivation,
  leakyReluActivation,
  reluActivation,
} from '@facet/tensor'
import { describe } from '@facet/tensor/checks'

/** `leakyRelu` has its default slope; another is made by `leakyReluActivation(alpha)`. */
const activations: Readonly<Record<ActivationName, Activation>> = {
  identity: identityActivation,
  relu: reluActivation,
  abs: absActivation,
  leakyRelu: leakyReluActivation(),
}

/**
 * The activation of a name; an activation is passed through. `operation` names who asks, in errors.
 * @throws TypeError for an unknown name.
 * @example
 * import { namedActivation } from '@facet/models'
 * namedActivation('relu').name // 'relu'
 */
export function namedActivation(
  activation: ActivationName | Activation,
  operation = 'namedActivation',
): Activation {
  if (isActivation(activation)) return activation
  if (typeof activation === 'string' && Object.hasOwn(activations, activation)) return activations[activation]
  const { name = activation } = Object(activation) as { name?: unknown }
  throw new TypeError(
    `${operation}: expected an activation among ${activationNames.join(', ')}, got ${describe(name)}`,
  )
}

/**
 * The activation that a file describes.
 * @throws TypeError for an unknown name.
 */
export const readActivation = (activation: Activation): Activation =>
  activation?.name === 'leakyRelu'
    ? leakyReluActivation(activation.alpha)
    : namedActivation(activation?.name, 'loadModel')
