import { readFile } from 'node:fs/promises'
import {
  conv,
  Dense,
  dense,
  flatten,
  maxout,
  maxPool,
  Network,
  namedActivation,
  network,
  residual,
  sequential,
} from '@facet/models'
import { type ActivationName, key, tensor } from '@facet/tensor'

/** A dense network as PyTorch draws it, U(±1/√inputs), float64: `2-64-64-64-1`. */
export const denseNetwork = (
  sizes: readonly number[],
  seed: number,
  activation: ActivationName = 'relu',
): Network =>
  network({
    sizes,
    activations: [...sizes.slice(2).map(() => activation), 'identity'],
    key: key(seed),
    dtype: 'float64',
    name: sizes.join('-'),
  })

const drawn = { dtype: 'float64', input: [2] } as const

/** Networks of other kinds of layers by their names. */
export const otherKinds: Readonly<Record<string, (seed: number) => Network>> = {
  'leaky 2-64-64-64': (seed) => denseNetwork([2, 64, 64, 64, 1], seed, 'leakyRelu'),
  'abs 2-32-32-32': (seed) => denseNetwork([2, 32, 32, 32, 1], seed, 'abs'),
  'maxout 2-32-32, 3 pieces': (seed) =>
    sequential({
      ...drawn,
      layers: [
        maxout({ units: 32, pieces: 3 }),
        maxout({ units: 32, pieces: 3 }),
        dense({ units: 1, activation: 'identity' }),
      ],
      key: key(seed),
    }),
  'residual 2-64, two blocks': (seed) =>
    sequential({
      ...drawn,
      layers: [
        dense({ units: 64 }),
        residual({ layers: [dense({ units: 64 })] }),
        residual({ layers: [dense({ units: 64 })] }),
        dense({ units: 1, activation: 'identity' }),
      ],
      key: key(seed),
    }),
}

/** A convolution with max-pooling, twice, on images of 12 × 12, and a plane through three of them. */
export function convolutional(seed: number): {
  readonly network: Network
  readonly plane: { readonly origin: number[]; readonly u: number[]; readonly v: number[] }
} {
  const [origin, u, v] = ['origin', 'u', 'v'].map((name) => [...key(seed).child(name).uniformArray(144)])
  const layers = [
    conv({ channels: 4, padding: 1 }),
    maxPool({ size: 2 }),
    conv({ channels: 8, padding: 1 }),
    maxPool({ size: 2 }),
    flatten(),
    dense({ units: 10, activation: 'identity' }),
  ]
  return {
    network: sequential({ dtype: 'float64', input: [1, 12, 12], layers, key: key(seed) }),
    plane: { origin, u: u.map((x, i) => x - origin[i]), v: v.map((x, i) => x - origin[i]) },
  }
}

/** A file of the golden kind `partition_*`: a dense network, and how many regions it has in some squares. */
export interface CountedNetwork {
  readonly network: Network
  readonly squares: readonly { readonly bounds: readonly [number, number]; readonly regions: number }[]
}

interface WrittenFile {
  readonly layers: readonly { W: number[][]; b: number[]; activation: ActivationName }[]
  readonly expect: Readonly<
    Record<string, { bounds: [number, number]; hidden?: number; hidden_and_output: number }>
  >
}

export async function readCounted(file: string): Promise<CountedNetwork> {
  const { layers, expect } = JSON.parse(await readFile(file, 'utf8')) as WrittenFile
  const dtype = 'float64'
  const read = layers.map(
    ({ W, b, activation }, l) =>
      new Dense({
        name: `layer ${l}`,
        weight: tensor(W, { dtype }),
        bias: tensor(b, { dtype }),
        activation: namedActivation(activation),
      }),
  )
  // Where only the count with the output is written, no wall of the output meets the square.
  const squares = Object.values(expect).map(({ bounds, hidden, hidden_and_output }) => ({
    bounds,
    regions: hidden ?? hidden_and_output,
  }))
  return { network: new Network(read, 'counted', dtype), squares }
}
