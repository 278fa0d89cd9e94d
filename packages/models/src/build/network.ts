import { type Activation, type ActivationName, tensor } from '@facet/tensor'
import {
  aKey,
  anything,
  aText,
  describe,
  expectOptions,
  type OptionKind,
  type OptionsOf,
  oneOf,
  optionTable,
  required,
  withDefault,
} from '@facet/tensor/checks'
import { namedActivation } from '../activations.ts'
import { Dense } from '../layers/dense.ts'
import { Network } from '../network.ts'
import { type AroundOptions, around, aroundRows } from './around.ts'
import { aBiasInitialisation, namedInitialisation, normalBias, zeroBias } from './initialisation.ts'
import { type LayerOptions, layerRows } from './layer-options.ts'

const someSizes: OptionKind<readonly number[]> = {
  check(operation, _option, sizes) {
    const isList = Array.isArray(sizes)
    if (isList && sizes.length >= 2 && sizes.every((size) => Number.isInteger(size) && size > 0)) return
    const got = isList ? `[${sizes.join(', ')}]` : describe(sizes)
    throw new Error(`${operation}: expected two or more sizes, positive integers, got ${got}`)
  },
}

type ActivationChoice = ActivationName | Activation

const ownRows = {
  /** Widths from input to output: `[in, …, out]`, at least two. */
  sizes: required(someSizes),
  /** One activation for all layers, or one for each. */
  activations: required(anything<ActivationChoice | readonly ActivationChoice[]>()),
  /** The biases of all layers but the last; default as the initialisation says. */
  hiddenBias: withDefault(aBiasInitialisation, 'default'),
  /**
   * The last layer as drawn, or `small`: a tenth of the weights drawn and zero biases, so that a network with a skip starts
   * near its skip. Default `drawn`.
   */
  lastLayer: withDefault(oneOf(['drawn', 'small']), 'drawn'),
  /** Draws the weights. */
  key: required(aKey),
  /** Names the parameters `<name>.<layer>.weight` and their streams of random numbers; default `network`. */
  name: withDefault(aText, 'network'),
}

const networkOptions = optionTable('network', { ...ownRows, ...layerRows, ...aroundRows })

/** The settings of {@link network}. */
export type NetworkOptions = OptionsOf<typeof ownRows> & LayerOptions & AroundOptions

/** What `lastLayer: 'small'` multiplies the last weights by. */
const SMALL = 0.1

/**
 * A network with random first weights. They are drawn in float64 and then rounded: float32 and float64 networks of one key start from the same numbers.
 *
 * @throws Error for sizes that are not positive integers or fewer than two, and for a wrong number of activations;
 * TypeError or RangeError naming an option that is unknown or has a value it cannot have.
 */
export function network(options: NetworkOptions): Network {
  // An unknown option is said of the function: a network's name is an option itself.
  expectOptions('network', options, networkOptions.names)
  const operation = `network '${options.name ?? 'network'}'`
  const { sizes, bias, hiddenBias, lastLayer, key, dtype, name, skip, centre, offset, ...rest } =
    networkOptions.resolve(options, operation)
  const activations = layerActivations(operation, rest.activations, sizes.length - 1)
  const initialisation = namedInitialisation(rest.initialisation)
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
  return new Network(around(name, layers, { skip, centre, offset }), name)
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
