import {
  type Activation,
  absActivation,
  identityActivation,
  key,
  leakyReluActivation,
  reluActivation,
  type Tensor,
} from '@facet/tensor'
import fc from 'fast-check'
import { Autoencoder } from '../autoencoder.ts'
import { network } from '../build/network.ts'
import type { Network } from '../network.ts'

const parts = ['skip', 'centre', 'offset'] as const

/** What a random float64 network is made of. */
export interface RandomNetwork {
  readonly sizes: readonly number[]
  readonly activations: readonly Activation[]
  readonly bias: boolean
  /** What stands around the layers. */
  readonly around: Readonly<Record<(typeof parts)[number], boolean>>
  readonly seed: number
}

const activation = fc.constantFrom(
  identityActivation,
  reluActivation,
  absActivation,
  leakyReluActivation(),
  leakyReluActivation(-0.5),
)

const width = fc.integer({ min: 1, max: 9 })

/** Depths 1 to 4, widths 1 to 9 and sometimes more than one word of states, any mixture of activations, anything around. */
export const randomNetwork: fc.Arbitrary<RandomNetwork> = fc.integer({ min: 1, max: 4 }).chain((depth) =>
  fc.record({
    sizes: fc.array(fc.oneof({ weight: 9, arbitrary: width }, { weight: 1, arbitrary: fc.constant(40) }), {
      minLength: depth + 1,
      maxLength: depth + 1,
    }),
    activations: fc.array(activation, { minLength: depth, maxLength: depth }),
    bias: fc.boolean(),
    around: fc.record({ skip: fc.boolean(), centre: fc.boolean(), offset: fc.boolean() }),
    seed: fc.nat(),
  }),
)

/**
 * He weights, so that nothing dies out, and N(0, 1) hidden biases, so that every layer has walls near the origin. Of what is
 * around them N(0, 1) each.
 */
export function build({ sizes, activations, bias, around, seed }: RandomNetwork, name = 'network'): Network {
  const [inputs, outputs] = [sizes[0], sizes[sizes.length - 1]]
  const shapes = { skip: [outputs, inputs], centre: [inputs], offset: [outputs] }
  const given = parts.filter((part) => around[part])
  return network({
    ...Object.fromEntries(
      given.map((part) => [part, key(seed).child(name, part).normal(shapes[part], 'float64')]),
    ),
    sizes,
    activations,
    bias,
    initialisation: 'heNormal',
    hiddenBias: 'normal',
    key: key(seed),
    dtype: 'float64',
    name,
  })
}

/** An encoder and a decoder of independent depth, width and activations, the bottleneck's included. */
export const randomAutoencoder: fc.Arbitrary<readonly [RandomNetwork, RandomNetwork]> = fc
  .tuple(randomNetwork, randomNetwork)
  .map(
    ([encoder, decoder]) => [encoder, { ...decoder, sizes: mirror(encoder.sizes, decoder.sizes) }] as const,
  )

export function buildAutoencoder([encoder, decoder]: readonly [RandomNetwork, RandomNetwork]): Autoencoder {
  return new Autoencoder(build(encoder, 'encoder'), build(decoder, 'decoder'))
}

/** The decoder's sizes, with the ends that fit the encoder. */
function mirror(encoder: readonly number[], decoder: readonly number[]): number[] {
  return [encoder[encoder.length - 1], ...decoder.slice(1, -1), encoder[0]]
}

/** A batch of N(0, 1) points [N, in], float64. */
export function randomPoints(seed: number, count: number, dimensions: number) {
  return key(seed).child('points').normal([count, dimensions], 'float64')
}

/** Largest absolute difference between two lists of numbers; NaN equals NaN, an infinity itself. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`maxDifference: lengths differ: ${a.length} and ${b.length}`)
  let worst = 0
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i])) continue
    const difference = Math.abs(a[i] - b[i])
    worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference)
  }
  return worst
}

/** The largest absolute element, at least 1: what rounding is relative to. */
export function magnitude(x: Tensor): number {
  let largest = 1
  for (const value of x.dataSync()) largest = Math.max(largest, Math.abs(value))
  return largest
}
