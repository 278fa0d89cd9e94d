import { readFileSync } from 'node:fs'
import { Autoencoder, Dense, Network, Parameter } from '@facet/models'
import {
  type Activation,
  absActivation,
  identityActivation,
  leakyReluActivation,
  reluActivation,
  tensor,
} from '@facet/tensor'

interface GoldenLayer {
  readonly W: number[][]
  readonly b: number[] | null
}

/** One of the golden files in `fixtures`, as far as these tests read it. */
export interface Golden {
  readonly name: string
  readonly spec: {
    readonly d: number
    readonly h: number
    readonly N: number
    readonly alpha: number
    readonly ridge: number
    readonly singular: boolean
    readonly enc_acts: readonly string[]
    readonly dec_acts: readonly string[]
  }
  readonly enc: readonly GoldenLayer[]
  readonly dec: readonly GoldenLayer[]
  readonly G: number[][][]
  readonly x: number[][]
  readonly noise: number[][][]
  readonly theta: number[][]
  readonly theta_p: number[][]
  readonly expect: Record<string, GoldenScalar & GoldenSystem>
}

/** A scalar of a golden file with its gradient. */
export interface GoldenScalar {
  readonly value: number
  readonly grad: {
    readonly enc: readonly GoldenLayer[]
    readonly dec: readonly GoldenLayer[]
    readonly G: number[][][]
  }
}

/** The systems of a golden file, for one order. */
export interface GoldenSystem {
  readonly gram: number[][][]
  readonly rhs: number[][]
  readonly eps: number[][]
  readonly eps_swapped_roles: number[][]
  readonly residual_sq_per_pair: number[]
}

/** Networks of `fixtures`, one of each kind of trouble; `13_…` has two equal generators. */
export const goldenNames = [
  '01_relu_bias_linlatent',
  '03_relu_nobias',
  '05_leaky_nobias_deep_a02',
  '08_relu_h1',
  '12_relu_ridge',
  '13_singular_duplicate_G',
  '17_one_layer_each_relu_corollary1',
]

export function readGolden<T = Golden>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as T
}

/** The float64 autoencoder of a golden file. */
export function goldenModel({ spec, enc, dec }: Pick<Golden, 'spec' | 'enc' | 'dec'>): Autoencoder {
  const activations: Record<string, Activation> = {
    relu: reluActivation,
    leaky: leakyReluActivation(spec.alpha),
    abs: absActivation,
    identity: identityActivation,
  }
  const build = (name: string, layers: readonly GoldenLayer[], kinds: readonly string[]) =>
    new Network(
      layers.map(
        ({ W, b }, l) =>
          new Dense({
            name: `${name}.${l}`,
            weight: float64(W),
            bias: b && float64(b),
            activation: activations[kinds[l]],
          }),
      ),
      name,
    )
  return new Autoencoder(build('encoder', enc, spec.enc_acts), build('decoder', dec, spec.dec_acts))
}

/** The generators of a golden file as something to differentiate by. */
export function goldenGenerators({ G }: Pick<Golden, 'G'>): Parameter {
  return new Parameter('generators', float64(G))
}

/** The expected gradients in the order of `model.parameters`, then that of the generators. */
export function goldenGradients({ grad }: GoldenScalar): number[][] {
  const layers = [...grad.enc, ...grad.dec].flatMap(({ W, b }) => (b === null ? [W] : [W, b]))
  return [...layers, grad.G].map((values) => flat(values))
}

export function float64(values: Parameters<typeof tensor>[0]) {
  return tensor(values, { dtype: 'float64' })
}

export function flat(values: unknown): number[] {
  return Array.isArray(values) ? values.flatMap(flat) : [Number(values)]
}

/** The largest absolute number, 0 for none. */
export function largest(values: unknown): number {
  return flat(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** The largest difference relative to `scale`: the largest expected number or, where all are 0, 1. */
export function relativeError(actual: unknown, expected: unknown, scale = largest(expected) || 1): number {
  const [a, b] = [flat(actual), flat(expected)]
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  return largest(a.map((value, i) => (value - b[i]) / scale))
}
