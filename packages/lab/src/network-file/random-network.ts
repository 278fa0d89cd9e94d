import {
  type Autoencoder,
  autoencoder,
  conv,
  dense,
  maxPool,
  type Network,
  network,
  sequential,
} from '@facet/models'
import { type ActivationName, activationNames, key } from '@facet/tensor'
import { UsageError } from '../errors.ts'

/** A random network by its name. */
interface RandomPlan {
  /** Widths from input to output; of images the first is their shape and others are convolutions and poolings. */
  readonly widths: readonly string[]
  /** Of the hidden layers. */
  readonly activation: ActivationName
  readonly bias: boolean
  readonly seed: number
}

const prefix = 'random:'

/** How a random network is asked for. */
export const randomSyntax = `${prefix}2-16-16-1[,no-bias][,<activation>][,seed=<n>]`

/** An image, a convolution with 3 × 3 kernels that keeps its size, a maximum over 2 × 2, a width. */
const image = /^(\d+)x(\d+)x(\d+)$/
const convolution = /^c(\d+)$/
const pooling = 'm'
const width = /^[1-9]\d*$/

/** Whether the name of a network asks for a random one. */
export const isRandomNetwork = (source: string): boolean => source.startsWith(prefix)

/** The seed that a random network is drawn with. @throws UsageError for a name that is none. */
export const randomSeed = (source: string): number => planOf(source).seed

/**
 * A float64 network with random numbers as PyTorch draws them: `random:2-16-16-1`, `random:2-16-16-1,no-bias,abs,seed=3`, of images
 * `random:1x8x8-c6-m-c6-3`. @throws UsageError for a name that is none.
 */
export function randomNetwork(source: string): Network {
  const { widths, activation, bias, seed } = planOf(source)
  const shape = image.exec(widths[0])
  if (shape !== null) {
    const last = widths.length - 2
    const layers = widths.slice(1).map((word, l) => {
      const [, channels] = convolution.exec(word) ?? []
      if (word === pooling) return maxPool({ size: 2 })
      if (channels !== undefined) return conv({ channels: Number(channels), padding: 1, activation, bias })
      return dense({ units: Number(word), activation: l === last ? 'identity' : activation, bias })
    })
    return sequential({
      input: shape.slice(1).map(Number),
      layers,
      key: key(seed),
      dtype: 'float64',
      name: 'random',
    })
  }
  const sizes = widths.map(Number)
  return network({
    sizes,
    activations: [...sizes.slice(2).map(() => activation), 'identity'],
    key: key(seed),
    bias,
    dtype: 'float64',
    name: 'random',
  })
}

/**
 * A float32 autoencoder with random numbers whose encoder has the widths of the name and whose decoder the same, backwards.
 * @throws UsageError for a name that is none
 */
export function randomAutoencoder(source: string): Autoencoder {
  const { widths, bias, seed } = planOf(source)
  const sizes = widths.map(Number)
  if (!sizes.every(Number.isInteger)) throw new UsageError(`${source}: expected widths of dense layers`)
  const hidden = sizes.slice(1, -1)
  return autoencoder({
    input: sizes[0],
    bottleneck: sizes[sizes.length - 1],
    encoderHidden: hidden,
    decoderHidden: hidden.toReversed(),
    // The name is a recipe: what it drew it draws.
    bottleneckActivation: 'relu',
    bias,
    seed,
  })
}

function planOf(source: string): RandomPlan {
  const [listed, ...words] = source.slice(prefix.length).split(',')
  const widths = listed.split('-')
  if (!areWidths(widths)) throw new UsageError(`${source}: expected ${randomSyntax}, got widths '${listed}'`)
  let plan: RandomPlan = { widths, activation: 'relu', bias: true, seed: 0 }
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

function areWidths([first, ...rest]: readonly string[]): boolean {
  if (rest.length === 0 || !width.test(rest[rest.length - 1])) return false
  if (!image.test(first)) return [first, ...rest].every((word) => width.test(word))
  return rest.every((word) => width.test(word) || convolution.test(word) || word === pooling)
}
