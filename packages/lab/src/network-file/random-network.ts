import { type Network, network } from '@facet/models'
import { type ActivationName, activationNames, key } from '@facet/tensor'
import { UsageError } from '../command/usage-error.ts'

/** A random network by its name. */
interface RandomPlan {
  readonly sizes: readonly number[]
  /** Of the hidden layers. */
  readonly activation: ActivationName
  readonly bias: boolean
  readonly seed: number
}

const prefix = 'random:'

/** How a random network is asked for. */
export const randomSyntax = `${prefix}2-16-16-1[,no-bias][,<activation>][,seed=<n>]`

/** Whether the name of a network asks for a random one. */
export const isRandomNetwork = (source: string): boolean => source.startsWith(prefix)

/** The seed that a random network is drawn with. @throws UsageError for a name that is none. */
export const randomSeed = (source: string): number => planOf(source).seed

/**
 * A dense float64 network with random numbers: `random:2-16-16-1`, `random:2-16-16-1,no-bias,abs,seed=3`. Biases are standard normal,
 * weights N(0, 2 / in), so that walls of all layers pass near 0. @throws UsageError for a name that is none.
 */
export function randomNetwork(source: string): Network {
  const { sizes, activation, bias, seed } = planOf(source)
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

function planOf(source: string): RandomPlan {
  const [widths, ...words] = source.slice(prefix.length).split(',')
  const sizes = widths.split('-').map(Number)
  if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size > 0))
    throw new UsageError(`${source}: expected ${randomSyntax}, got widths '${widths}'`)
  let plan: RandomPlan = { sizes, activation: 'relu', bias: true, seed: 0 }
  for (const word of words) {
    const seed = /^seed=(\d+)$/.exec(word)?.[1]
    const activation = activationNames.find((name) => name === word)
    if (word === 'no-bias') plan = { ...plan, bias: false }
    else if (seed !== undefined) plan = { ...plan, seed: Number(seed) }
    else if (activation !== undefined) plan = { ...plan, activation }
    else
      throw new UsageError(
        `${source}: expected ${randomSyntax} with one of ${activationNames.join(', ')}, got '${word}'`,
      )
  }
  return plan
}
