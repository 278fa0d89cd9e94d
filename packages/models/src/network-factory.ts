import { type Activation, type ActivationName, type Key, tensor } from '@facet/tensor'
import { namedActivation } from './activations.ts'
import { Dense } from './dense.ts'
import {
  type BiasInitialisation,
  type InitialisationName,
  namedInitialisation,
  normalBias,
} from './initialisation.ts'
import { Network } from './network.ts'

/** The settings of {@link network}. */
export interface NetworkOptions {
  /** Widths from input to output: `[in, …, out]`, at least two. */
  readonly sizes: readonly number[]
  /** One activation for all layers, or one for each. */
  readonly activations: ActivationName | Activation | readonly (ActivationName | Activation)[]
  /** Whether layers have biases; default true. */
  readonly bias?: boolean
  /** Default `torchUniform`. */
  readonly initialisation?: InitialisationName
  /** The biases of all layers but the last; default as the initialisation says. */
  readonly hiddenBias?: BiasInitialisation
  readonly key: Key
  readonly dtype?: 'float32' | 'float64'
  /** Names the parameters `<name>.<layer>.weight` and their streams of random numbers; default `network`. */
  readonly name?: string
}

/**
 * A network with random first weights. They are drawn in float64 and then rounded: float32 and float64 networks of one key start from the same numbers.
 *
 * @throws Error for sizes that are not positive integers or fewer than two, and for a wrong number of activations.
 */
export function network(options: NetworkOptions): Network {
  const { sizes, bias = true, key, dtype = 'float32', name = 'network' } = options
  checkSizes(name, sizes)
  const activations = layerActivations(name, options.activations, sizes.length - 1)
  const initialisation = namedInitialisation(options.initialisation ?? 'torchUniform')
  const drawHiddenBias = options.hiddenBias === 'normal' ? normalBias : initialisation.bias
  const layers = activations.map((activation, l) => {
    const [inputs, outputs] = [sizes[l], sizes[l + 1]]
    const drawBias = l < activations.length - 1 ? drawHiddenBias : initialisation.bias
    const weight = initialisation.weight(key.child(name, l, 'weight'), inputs, outputs)
    return new Dense({
      name: `${name}.${l}`,
      weight: tensor(weight, { shape: [outputs, inputs], dtype }),
      bias: bias ? tensor(drawBias(key.child(name, l, 'bias'), inputs, outputs), { dtype }) : null,
      activation,
    })
  })
  return new Network(layers, name)
}

function layerActivations(name: string, given: NetworkOptions['activations'], count: number): Activation[] {
  if (!isList(given)) return Array.from({ length: count }, () => namedActivation(given))
  if (given.length === count) return given.map(namedActivation)
  throw new Error(`network '${name}': expected ${count} activations, one for each layer, got ${given.length}`)
}

function isList(given: NetworkOptions['activations']): given is readonly (ActivationName | Activation)[] {
  return Array.isArray(given)
}

function checkSizes(name: string, sizes: readonly number[]): void {
  if (sizes.length >= 2 && sizes.every((size) => Number.isInteger(size) && size > 0)) return
  throw new Error(
    `network '${name}': expected two or more sizes, positive integers, got [${sizes.join(', ')}]`,
  )
}
