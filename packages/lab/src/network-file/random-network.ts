import { type Network, network } from '@facet/models'
import { type ActivationName, key } from '@facet/tensor'
import { UsageError } from '../command/usage-error.ts'

/** How a random network is drawn. */
export interface RandomOptions {
  /** Default 0. */
  readonly seed?: number
  /** Of the hidden layers; default `relu`. */
  readonly activation?: ActivationName
  /** Default true. */
  readonly bias?: boolean
}

const prefix = 'random:'

/** Whether the name of a network asks for a random one. */
export const isRandomNetwork = (source: string): boolean => source.startsWith(prefix)

/**
 * A dense float64 network with random numbers: `random:2-16-16-1`. Biases are standard normal, weights N(0, 2 / in), so that walls of all
 * layers pass near 0. @throws UsageError for a name that is none.
 */
export function randomNetwork(source: string, options: RandomOptions = {}): Network {
  const sizes = source.slice(prefix.length).split('-').map(Number)
  if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size > 0))
    throw new UsageError(`${source}: expected ${prefix} and widths such as 2-16-16-1`)
  const { seed = 0, activation = 'relu', bias = true } = options
  const hidden = sizes.slice(2).map(() => activation)
  return network({
    sizes,
    activations: [...hidden, 'identity'],
    key: key(seed),
    bias,
    ...(bias && { hiddenBias: 'normal' }),
    initialisation: 'heNormal',
    dtype: 'float64',
    name: 'random',
  })
}
