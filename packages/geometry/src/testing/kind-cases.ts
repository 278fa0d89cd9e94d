import {
  type Activation,
  absActivation,
  identityActivation,
  key,
  leakyReluActivation,
  reluActivation,
} from '@facet/tensor'
import {
  type Image,
  outputImage,
  type Pair,
  type PlainConv,
  type PlainDense,
  type PlainLayer,
  type PlainMaxout,
  type PlainPool,
  type PlainUpsample,
} from './plain-layers.ts'

/** Numbers one after another. */
export type Draw = () => number

/** Makes layers of every kind from numbers that are drawn. */
export function layerMaker(draw: Draw, isBiased: boolean) {
  const many = <T>(count: number, make: (i: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => make(i))
  const numbers = (count: number) => many(count, draw)
  const matrix = (rows: number, columns: number) => many(rows, () => numbers(columns))
  const bias = (count: number) => (isBiased ? numbers(count) : null)
  return {
    matrix,
    dense: (inputs: number, outputs: number, activation: Activation): PlainDense => ({
      weight: matrix(outputs, inputs),
      bias: bias(outputs),
      activation,
    }),
    conv: (
      inputs: Image,
      channels: number,
      options: Partial<PlainConv> = {},
      kernel: Pair = [3, 3],
    ): PlainConv => {
      const { kind = 'conv' } = options
      const [made, taken] = kind === 'conv' ? [channels, inputs[0]] : [inputs[0], channels]
      return {
        kind,
        inputs,
        weight: many(made, () => many(taken, () => matrix(...kernel))),
        bias: bias(channels),
        activation: reluActivation,
        stride: [1, 1],
        padding: [0, 0],
        ...options,
      }
    },
    pool: (
      kind: PlainPool['kind'],
      inputs: Image,
      size: Pair,
      stride = size,
      padding: Pair = [0, 0],
    ): PlainPool => ({
      kind,
      inputs,
      size,
      stride,
      padding,
    }),
    upsample: (inputs: Image, factor: Pair): PlainUpsample => ({ kind: 'upsample', inputs, factor }),
    maxout: (inputs: number, outputs: number, pieces: number): PlainMaxout => ({
      kind: 'maxout',
      weight: many(outputs, () => matrix(pieces, inputs)),
      bias: isBiased ? matrix(outputs, pieces) : null,
    }),
    shift: (inputs: number): PlainLayer => ({ kind: 'shift', by: numbers(inputs) }),
    residual: (layers: readonly PlainLayer[], skip: readonly number[][] | null = null): PlainLayer => ({
      kind: 'residual',
      layers,
      skip,
    }),
  }
}

type Maker = ReturnType<typeof layerMaker>

const sizeOf = (image: Image): number => image[0] * image[1] * image[2]

/** Stacks of layers of every kind, each of some inputs. */
export const stacks: Readonly<Record<string, { inputs: number; make: (m: Maker) => PlainLayer[] }>> = {
  'pooling over a ReLU convolution': {
    inputs: 16,
    make: (m) => {
      const conv = m.conv([1, 4, 4], 2, { padding: [1, 1] })
      const pool = m.pool('maxPool', outputImage(conv), [2, 2])
      return [
        conv,
        pool,
        m.dense(sizeOf(outputImage(pool)), 4, reluActivation),
        m.dense(4, 2, identityActivation),
      ]
    },
  },
  'overlapping windows with padding over a leaky convolution': {
    inputs: 20,
    make: (m) => {
      const conv = m.conv([1, 4, 5], 2, { activation: leakyReluActivation(0.25) }, [2, 2])
      const pool = m.pool('maxPool', outputImage(conv), [3, 3], [2, 1], [1, 1])
      return [conv, pool, m.dense(sizeOf(outputImage(pool)), 3, absActivation)]
    },
  },
  'pooling of the input itself': {
    inputs: 12,
    make: (m) => [m.pool('maxPool', [1, 3, 4], [2, 2], [1, 2]), m.dense(4, 4, reluActivation)],
  },
  'pooling over pooling': {
    inputs: 16,
    make: (m) => [
      m.pool('maxPool', [1, 4, 4], [2, 2], [1, 1]),
      m.pool('maxPool', [1, 3, 3], [2, 2], [1, 1]),
      m.dense(4, 3, reluActivation),
    ],
  },
  'means of windows behind an absolute value': {
    inputs: 16,
    make: (m) => {
      const conv = m.conv(
        [1, 4, 4],
        2,
        { stride: [1, 2], padding: [0, 1], activation: absActivation },
        [2, 3],
      )
      const pool = m.pool('averagePool', outputImage(conv), [2, 1], [1, 1])
      return [conv, pool, m.dense(sizeOf(outputImage(pool)), 4, absActivation)]
    },
  },
  'maxout twice': {
    inputs: 3,
    make: (m) => [m.maxout(3, 5, 3), m.maxout(5, 4, 2), m.dense(4, 2, identityActivation)],
  },
  'maxout of dense units': {
    inputs: 3,
    make: (m) => [m.dense(3, 6, reluActivation), m.maxout(6, 4, 4), m.dense(4, 3, reluActivation)],
  },
  'a residual with a matrix over maxout of many pieces': {
    inputs: 3,
    make: (m) => [m.residual([m.maxout(3, 4, 9)], m.matrix(4, 3)), m.dense(4, 3, reluActivation)],
  },
  'residuals, nested, with and without a matrix': {
    inputs: 4,
    make: (m) => [
      m.dense(4, 5, reluActivation),
      m.residual([
        m.dense(5, 6, reluActivation),
        m.residual([m.dense(6, 6, leakyReluActivation(0.25))]),
        m.dense(6, 5, identityActivation),
      ]),
      m.residual([m.dense(5, 4, absActivation)], m.matrix(4, 5)),
      m.dense(4, 3, reluActivation),
    ],
  },
  'residuals over pooling, convolutions over residuals': {
    inputs: 16,
    make: (m) => {
      const first = m.conv([1, 4, 4], 2, { padding: [1, 1] })
      const image = outputImage(first)
      const inner = m.conv(image, 2, { padding: [1, 1] })
      return [
        m.shift(16),
        first,
        m.residual([inner, m.conv(image, 2, { activation: identityActivation }, [1, 1])]),
        m.pool('maxPool', image, [2, 2]),
        m.residual([m.pool('maxPool', [2, 2, 2], [2, 2]), m.dense(2, 8, reluActivation)]),
        m.conv([2, 2, 2], 3, {}, [2, 1]),
      ]
    },
  },
  'upsampling and transposed convolutions': {
    inputs: 3,
    make: (m) => {
      const up = m.upsample([1, 2, 2], [2, 1])
      const transposed = m.conv([1, 4, 2], 2, { kind: 'convTranspose', stride: [1, 2] }, [2, 2])
      return [
        m.dense(3, 4, reluActivation),
        up,
        transposed,
        m.pool('maxPool', outputImage(transposed), [2, 2]),
        m.conv([2, 2, 2], 2, { padding: [1, 1], activation: identityActivation }),
      ]
    },
  },
}

/** A random stack: normal numbers, weights smaller than biases as the width of a layer asks for. */
export function randomStack(name: string, isBiased: boolean, seed: string | number = name): PlainLayer[] {
  const numbers = key(seed).child(name).normalArray(4096)
  let at = 0
  return stacks[name].make(layerMaker(() => numbers[at++] / 2, isBiased))
}
