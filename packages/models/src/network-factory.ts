import { type Activation, type ActivationName, Key, tensor } from '@facet/tensor'
import { describe, expectBoolean, expectOneOf, expectOptions } from '@facet/tensor/checks'
import { namedActivation } from './activations.ts'
import { Dense } from './dense.ts'
import { type FrameOptions, frameParts } from './frame.ts'
import {
  type BiasInitialisation,
  biasInitialisations,
  type InitialisationName,
  namedInitialisation,
  normalBias,
  zeroBias,
} from './initialisation.ts'
import { Network } from './network.ts'

/** The settings of {@link network}. */
export interface NetworkOptions extends FrameOptions {
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
  /**
   * The last layer as drawn, or `small`: a tenth of the weights drawn and zero biases, so that a network with a skip starts
   * near its skip. Default `drawn`.
   */
  readonly lastLayer?: 'drawn' | 'small'
  readonly key: Key
  readonly dtype?: 'float32' | 'float64'
  /** Names the parameters `<name>.<layer>.weight` and their streams of random numbers; default `network`. */
  readonly name?: string
}

const known: readonly (keyof NetworkOptions)[] = [
  'sizes',
  'activations',
  'bias',
  'initialisation',
  'hiddenBias',
  'lastLayer',
  'key',
  'dtype',
  'name',
  ...frameParts,
]

/** What `lastLayer: 'small'` multiplies the last weights by. */
const SMALL = 0.1

/**
 * A network with random first weights. They are drawn in float64 and then rounded: float32 and float64 networks of one key start from the same numbers.
 *
 * @throws Error for sizes that are not positive integers or fewer than two, and for a wrong number of activations;
 * TypeError or RangeError naming an option that is unknown or has a value it cannot have.
 */
export function network(options: NetworkOptions): Network {
  expectOptions('network', options, known)
  const { sizes, bias = true, key, dtype = 'float32', name = 'network' } = options
  const { hiddenBias = 'default', lastLayer = 'drawn', skip, centre, offset } = options
  const operation = `network '${name}'`
  checkSizes(operation, sizes)
  expectBoolean(operation, 'bias', bias)
  expectOneOf(operation, 'hiddenBias', hiddenBias, biasInitialisations)
  expectOneOf(operation, 'lastLayer', lastLayer, ['drawn', 'small'])
  expectOneOf(operation, 'dtype', dtype, ['float32', 'float64'])
  if (!(key instanceof Key))
    throw new TypeError(`${operation}: key: expected key(seed), got ${describe(key)}`)
  const activations = layerActivations(operation, options.activations, sizes.length - 1)
  const initialisation = namedInitialisation(options.initialisation ?? 'torchUniform', operation)
  const drawHiddenBias = hiddenBias === 'normal' ? normalBias : initialisation.bias
  const layers = activations.map((activation, l) => {
    const [inputs, outputs] = [sizes[l], sizes[l + 1]]
    const isLast = l === activations.length - 1
    const isSmall = isLast && lastLayer === 'small'
    const drawBias = isSmall ? zeroBias : isLast ? initialisation.bias : drawHiddenBias
    const drawn = initialisation.weight(key.child(name, l, 'weight'), inputs, outputs)
    const weight = isSmall ? drawn.map((w) => SMALL * w) : drawn
    return new Dense({
      name: `${name}.${l}`,
      weight: tensor(weight, { shape: [outputs, inputs], dtype }),
      bias: bias ? tensor(drawBias(key.child(name, l, 'bias'), inputs, outputs), { dtype }) : null,
      activation,
    })
  })
  return new Network(layers, name, { skip, centre, offset })
}

function layerActivations(
  operation: string,
  given: NetworkOptions['activations'],
  count: number,
): Activation[] {
  if (!isList(given)) return Array.from({ length: count }, () => namedActivation(given, operation))
  if (given.length === count) return given.map((each) => namedActivation(each, operation))
  throw new Error(`${operation}: expected ${count} activations, one for each layer, got ${given.length}`)
}

function isList(given: NetworkOptions['activations']): given is readonly (ActivationName | Activation)[] {
  return Array.isArray(given)
}

function checkSizes(operation: string, sizes: readonly number[]): void {
  const isList = Array.isArray(sizes)
  if (isList && sizes.length >= 2 && sizes.every((size) => Number.isInteger(size) && size > 0)) return
  const got = isList ? `[${sizes.join(', ')}]` : describe(sizes)
  throw new Error(`${operation}: expected two or more sizes, positive integers, got ${got}`)
}
